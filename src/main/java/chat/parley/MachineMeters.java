package chat.parley;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The process under the server: memory, garbage collection, threads. Asked when it is read. */
final class MachineMeters {
  private static final Path STATUS = Path.of("/proc/self/status");

  private final MeterRegistry registry;

  MachineMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void show() {
    var memory = ManagementFactory.getMemoryMXBean();
    var threads = ManagementFactory.getThreadMXBean();
    var runtime = ManagementFactory.getRuntimeMXBean();
    gauge("jvm.heap.used", "bytes", "Heap in use.", () -> memory.getHeapMemoryUsage().getUsed());
    gauge(
        "jvm.heap.max",
        "bytes",
        "What the heap may grow to.",
        () -> memory.getHeapMemoryUsage().getMax());
    gauge(
        "jvm.nonheap.used",
        "bytes",
        "Classes, code and the like.",
        () -> memory.getNonHeapMemoryUsage().getUsed());
    gauge("jvm.threads", null, "Threads that live.", threads::getThreadCount);
    gauge(
        "process.uptime",
        "seconds",
        "How long the process has run.",
        () -> runtime.getUptime() / 1e3);
    gauge(
        "process.resident.memory",
        "bytes",
        "Memory of the process as the system sees it; NaN where it does not say.",
        MachineMeters::resident);
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      count(
          "jvm.gc.collections",
          null,
          "Garbage collections.",
          collector,
          GarbageCollectorMXBean::getCollectionCount);
      count(
          "jvm.gc.time",
          "seconds",
          "Time that garbage collections took.",
          collector,
          each -> each.getCollectionTime() / 1e3);
    }
  }

  private void gauge(String name, String unit, String says, Supplier<Number> value) {
    Gauge.builder(name, value).baseUnit(unit).description(says).register(registry);
  }

  private void count(
      String name,
      String unit,
      String says,
      GarbageCollectorMXBean collector,
      ToDoubleFunction<GarbageCollectorMXBean> value) {
    FunctionCounter.builder(name, collector, value)
        .baseUnit(unit)
        .description(says)
        .tag("gc", collector.getName())
        .register(registry);
  }

  /** On Linux; the kernel tells it in KiB. */
  private static Number resident() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException unknown) {
      return Double.NaN;
    }
  }
}
