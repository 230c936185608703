package io.pagewalk.benchmark.macro.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where it was measured.
 *
 * @param cpu the processor's model
 * @param cores how many processors the JVM may use
 * @param memoryBytes of the machine, or of the container
 * @param system the operating system
 * @param java the JVM that all Java programs ran on
 * @param loadBefore how many processes wanted a processor, on average over the minute before; negative if not known
 */
public record Machine(String cpu, int cores, long memoryBytes, String system, String java, double loadBefore) {
    private static final Pattern CPU_MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.*)$");
    private static final Pattern SYSTEM_NAME = Pattern.compile("(?m)^PRETTY_NAME=\"?(.*?)\"?$");

    /** This one. */
    public static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version");
        return new Machine(
                find(Path.of("/proc/cpuinfo"), CPU_MODEL, System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                find(Path.of("/etc/os-release"), SYSTEM_NAME, "") + " (" + kernel + ")",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                system.getSystemLoadAverage());
    }

    private static String find(Path file, Pattern pattern, String otherwise) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(file, UTF_8));
            return matcher.find() ? matcher.group(1) : otherwise;
        } catch (IOException e) {
            return otherwise;
        }
    }

    /** Whether something else was running, so that the figures say little. */
    @JsonIgnore
    public boolean isBusy() {
        return loadBefore > cores / 4.0;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return cpu + ", " + cores + " cores, " + Math.round(memoryBytes / 1e9) + " GB, " + system + ", " + java;
    }
}
