package chat.parley.mutants;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import io.vertx.sqlclient.SqlConnection;
import java.lang.instrument.Instrumentation;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Changes the server's classes while they run, and back again. */
final class Changes implements AutoCloseable {
  private static final String HUB = "chat.parley.realtime.RoomHub";
  private static final String ROW = "chat.parley.persistence.MessageRow";
  private static final String COMMIT = "chat.parley.persistence.Commit";

  private final Instrumentation instrumentation = ByteBuddyAgent.install();
  private final ResettableClassFileTransformer transformer;

  Changes() {
    transformer =
        new AgentBuilder.Default()
            .disableClassFormatChanges()
            .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
            .type(named(HUB))
            .transform(
                (builder, type, loader, module, domain) ->
                    builder
                        .visit(Advice.to(Delivery.class).on(named("send")))
                        .visit(Advice.to(Hiding.class).on(named("run")))
                        .visit(Advice.to(Dismissal.class).on(named("dismiss"))))
            .type(named(ROW))
            .transform(
                (builder, type, loader, module, domain) ->
                    builder.visit(Advice.to(Reading.class).on(namedOneOf("read", "stored"))))
            .type(named(COMMIT))
            .transform(
                (builder, type, loader, module, domain) ->
                    builder
                        .visit(Advice.to(Batch.class).on(named("run")))
                        .visit(Advice.to(Transaction.class).on(named("pipeline"))))
            .installOn(instrumentation);
  }

  @Override
  public void close() {
    transformer.reset(instrumentation, AgentBuilder.RedefinitionStrategy.RETRANSFORMATION);
  }

  /** {@code RoomHub.send(feed, entries)}: below everything that heals. */
  static final class Delivery {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(value = 1, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object entries) {
      entries = Mutation.pass("DELIVERY", entries);
    }

    @Advice.OnMethodExit
    static void exit(
        @Advice.This Object hub,
        @Advice.Argument(0) Object feed,
        @Advice.Argument(1) List<?> entries) {
      LateDismissal.delivered(hub, feed, entries);
    }
  }

  /** {@code RoomHub.dismiss(feed, userId)}: put off until one more delivery. */
  static final class Dismissal {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(0) Object feed, @Advice.Argument(1) Object userId) {
      return LateDismissal.putOff(feed, userId);
    }
  }

  /** {@code RoomHub.run(feed, entries, fromSeq)}. */
  static final class Hiding {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 2, readOnly = false) long fromSeq) {
      fromSeq = (Long) Mutation.pass("HIDING", fromSeq);
    }
  }

  /** {@code MessageRow.read(row, roomId)} and {@code stored(row, send)}. */
  static final class Reading {
    @Advice.OnMethodExit
    static void exit(
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object message) {
      message = Mutation.pass("ROW", message);
    }
  }

  /** {@code Commit.run(sends, waiting)}. */
  static final class Batch {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object sends) {
      sends = Mutation.pass("BATCH", sends);
    }
  }

  /** {@code Commit.pipeline(connection, sends, waiting)}. */
  static final class Transaction {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) SqlConnection connection) {
      connection = (SqlConnection) Mutation.pass("TRANSACTION", connection);
    }
  }
}
