package io.pagewalk.benchmark.macro.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.benchmark.macro.measure.Failed;
import io.pagewalk.benchmark.macro.measure.Logs;
import io.pagewalk.benchmark.macro.peer.Environment;
import io.pagewalk.benchmark.macro.peer.Peers;
import io.pagewalk.benchmark.macro.peer.Versions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks S3, in a process of its own on this machine. Its buckets are the directories of the benchmark's own, and
 * its objects files in them, so that an output on S3 is looked at, and deleted, as any other.
 */
final class S3Server {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 100;
    private static final String ACCESS_KEY = "benchmark-access";
    private static final String SECRET_KEY = "benchmark-secret";

    private final Environment environment;
    private Path jars = Path.of("");
    private @Nullable Integer port;

    S3Server(Environment environment) {
        this.environment = environment;
    }

    /** Fetches it. */
    void prepare() throws IOException, InterruptedException {
        jars = Peers.jars(environment, "s3proxy", Versions.s3proxy());
    }

    /**
     * The options with which Pagewalk reaches it; starts it the first time.
     *
     * @param root the directory whose directories are its buckets
     */
    List<String> options(Path root) throws IOException {
        if (port == null) {
            port = start(root);
        }
        return List.of(
                "-D",
                "fs.s3a.endpoint=http://127.0.0.1:" + port,
                "-D",
                "fs.s3a.endpoint.region=us-east-1",
                "-D",
                "fs.s3a.path.style.access=true",
                "-D",
                "fs.s3a.access.key=" + ACCESS_KEY,
                "-D",
                "fs.s3a.secret.key=" + SECRET_KEY);
    }

    private int start(Path root) throws IOException {
        int free = freePort();
        Path directory = Files.createDirectories(root.resolve("s3proxy"));
        Path log = directory.resolve("log");
        Path configuration = Files.write(
                directory.resolve("s3proxy.conf"),
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:" + free,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + SECRET_KEY,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + root),
                UTF_8);
        Process process = environment
                .children()
                .start(new ProcessBuilder(List.of(
                                environment.java().toString(),
                                "-cp",
                                jars.resolve("*").toString(),
                                "org.gaul.s3proxy.Main",
                                "--properties",
                                configuration.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile()));
        await(process, free, log);
        return free;
    }

    private static void await(Process process, int port, Path log) throws IOException {
        long start = System.nanoTime();
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() - start > LIMIT.toNanos()) {
                throw new Failed("the S3 server does not start\n" + Logs.tail(log));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted while the S3 server starts");
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
