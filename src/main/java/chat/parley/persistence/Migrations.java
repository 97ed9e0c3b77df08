package chat.parley.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema to what this jar expects, forward only; nodes that start together take turns.
 */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String LOCATION = "classpath:sql";

  // A change of a table waits for the transactions that use it, and everybody else then waits
  // behind it: not for long.
  private static final String SESSION = "-c lock_timeout=5s -c statement_timeout=0";
  private static final int LOCK_ATTEMPTS = 300;

  private Migrations() {}

  /**
   * Applies what is missing, each file in a transaction of its own.
   *
   * @throws StartFailure if the schema is newer than this jar, if an applied migration was changed,
   *     or if one fails
   */
  public static void run(DatabaseAddress address) {
    run(address, LOCATION);
  }

  /** The same, unless the last migration was by a jar with these very files. */
  public static void run(DatabaseAddress address, FirstLook look) {
    Optional<String> stamp = SchemaStamp.ofThisJar();
    if (stamp.isEmpty() || !stamp.get().equals(look.stamp())) {
      run(address);
      stamp.ifPresent(made -> SchemaStamp.write(address, made));
    }
  }

  static void run(DatabaseAddress address, String location) {
    try {
      migrate(flyway(address, location));
    } catch (FlywayException e) {
      if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
        throw new StartFailure(
            "The database "
                + address
                + " holds tables of another program: give Parley one of its own.",
            e);
      }
      throw new StartFailure(
          "The schema of " + address + " cannot be brought up to date: " + cause(e), e);
    }
  }

  /** The number of the newest migration in this jar. */
  public static int newest() {
    return SchemaStamp.MIGRATIONS.stream()
        .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf('_'))))
        .max()
        .orElseThrow();
  }

  /** The number of the last migration of a database; 0 when it has none. */
  public static int present(DatabaseAddress address) {
    try (Connection connection = address.dataSource().getConnection()) {
      return Snapshot.isKnown(connection) ? Snapshot.schema(connection) : 0;
    } catch (SQLException e) {
      throw new StartFailure(ExternalPostgres.words(e, address), e);
    }
  }

  /**
   * Makes the schema of an empty server what it was after a migration, from nothing if it is past
   * that: whoever calls knows that nothing is lost.
   */
  static void makeEmpty(DatabaseAddress address, int version) {
    try {
      FluentConfiguration settings = settings(address, LOCATION);
      if (present(address) > version) {
        settings.cleanDisabled(false).load().clean();
      }
      settings.target(MigrationVersion.fromVersion(String.valueOf(version))).load().migrate();
    } catch (FlywayException e) {
      throw new StartFailure("The schema of " + address + " cannot be made: " + cause(e), e);
    }
  }

  private static void migrate(Flyway flyway) {
    try {
      MigrateResult result = flyway.migrate();
      if (result.migrationsExecuted > 0) {
        LOG.info(
            "The schema is now at version {}, after {} migrations",
            result.targetSchemaVersion,
            result.migrationsExecuted);
      }
    } catch (FlywayValidateException e) {
      throw new StartFailure(refusal(flyway), e);
    }
  }

  private static Flyway flyway(DatabaseAddress address, String location) {
    return settings(address, location).load();
  }

  private static FluentConfiguration settings(DatabaseAddress address, String location) {
    PGSimpleDataSource database = address.dataSource();
    database.setOptions(SESSION);
    return Flyway.configure()
        .dataSource(database)
        .locations(location)
        .failOnMissingLocations(true)
        // Nothing is ignored: by default a schema from a newer jar would pass.
        .ignoreMigrationPatterns(new String[0])
        .validateMigrationNaming(true)
        .lockRetryCount(LOCK_ATTEMPTS);
  }

  private static String refusal(Flyway flyway) {
    for (MigrationInfo migration : flyway.info().all()) {
      if (migration.getState().isApplied() && !migration.getState().isResolved()) {
        return "The database was last used by a newer Parley (its schema has version "
            + migration.getVersion()
            + ", unknown to this one): start that version or a later one, or restore a backup made before the upgrade.";
      }
      if (!migration.isChecksumMatching()) {
        return "The migration "
            + migration.getScript()
            + " is not the one that was applied to this database: migrations"
            + " are never edited, so use the Parley that applied it or a later one.";
      }
    }
    return "The schema is not one that this Parley made: "
        + flyway.validateWithResult().getAllErrorMessages();
  }

  private static String cause(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
      }
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
