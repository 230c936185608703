package io.pagewalk.it.spark;

import io.pagewalk.embedded.Ports;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A master, and two workers on hosts that Spark takes for different ones: it speculates on another host only. */
final class StandaloneCluster implements AutoCloseable {
    private static final List<String> HOSTS = List.of("127.0.0.2", "127.0.0.3");

    private final List<CliProcess> processes = new ArrayList<>();
    private final String master;
    private final int pages;

    StandaloneCluster(SparkInstallation spark, Path work) throws IOException {
        List<Integer> ports = Ports.free(2);
        int port = ports.get(0);
        pages = ports.get(1);
        master = "spark://127.0.0.1:" + port;
        CliProcess first = spark.start(
                Map.of(),
                "org.apache.spark.deploy.master.Master",
                List.of(
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--webui-port",
                        Integer.toString(pages)));
        processes.add(first);
        Eventually.isTrue("the master has started", () -> said(first).contains("I have been elected leader"));
        for (String host : HOSTS) {
            CliProcess worker = spark.start(
                    Map.of("SPARK_LOCAL_IP", host),
                    "org.apache.spark.deploy.worker.Worker",
                    List.of(
                            "--host",
                            host,
                            "--webui-port",
                            "0",
                            "--cores",
                            "1",
                            "--memory",
                            "1g",
                            "--work-dir",
                            work.resolve(host).toString(),
                            master));
            processes.add(worker);
            Eventually.isTrue(
                    host + " is registered", () -> said(worker).contains("Successfully registered with master"));
        }
    }

    /** Whether this machine has both addresses. */
    static boolean isConfigured() {
        for (String host : HOSTS) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
                if (!socket.isBound()) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    String master() {
        return master;
    }

    /** The port of the master's own pages. */
    int pages() {
        return pages;
    }

    private static String said(CliProcess process) {
        try {
            return process.err();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (CliProcess process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.close();
        }
    }
}
