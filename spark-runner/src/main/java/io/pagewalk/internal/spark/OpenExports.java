package io.pagewalk.internal.spark;

import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.ExportWork;
import io.pagewalk.execution.FileWork;
import io.pagewalk.execution.Reach;
import io.pagewalk.execution.SliceWork;
import io.pagewalk.spark.bridge.WorkFailedException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.CommonClientConfigs;

/** What this JVM has open: connections, by how it is reached what they reach. All exports that reach the same share one. Any thread may use it. */
final class OpenExports {
    /** So many tasks of this JVM at a time, at most; threads without work have no reader. */
    private static final int MOST_TASKS = 64;

    /** What is common to the tasks of an export may be large, and is read once for those that are under way. */
    private static final int MOST_KNOWN = 16;

    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<String, Opened> opened = new LinkedHashMap<>();

    /** One that a task uses. */
    final class Use implements AutoCloseable {
        private final Opened used;
        private final String common;

        private Use(Opened used, String common) {
            this.used = used;
            this.common = common;
        }

        /**
         * Does a piece of work, and waits for it.
         *
         * @throws WorkFailedException if it cannot be done now
         */
        String perform(String piece) {
            return used.perform(common, piece);
        }

        @Override
        public void close() {
            giveBack(used);
        }
    }

    private static final class Opened {
        private final Console console = new Console(
                OutputStream.nullOutputStream(), System.err, InputStream.nullInputStream(), Map.of(), false);

        private final Pagewalk pagewalk;
        private final Map<String, UnaryOperator<String>> known = new LinkedHashMap<>(MOST_KNOWN, 0.75f, true);
        private int users;
        private long freeSince;

        private Opened(String reached, String client) {
            Reach reach = Reach.decode(reached);
            console.keepSecret(reach.client());
            console.keepSecret(reach.files());
            String name = reach.client().getOrDefault(CommonClientConfigs.CLIENT_ID_CONFIG, "pagewalk") + "-" + client;
            try {
                this.pagewalk = Pagewalk.connect(reach.withClient(CommonClientConfigs.CLIENT_ID_CONFIG, name))
                        .threads(MOST_TASKS)
                        .onStall(console::warn)
                        .open();
            } catch (RuntimeException e) {
                throw failed(e);
            }
        }

        /**
         * What Spark is told: classes of this loader are not found where it would read them, and their messages may hold secrets.
         */
        private WorkFailedException failed(Throwable failure) {
            return new WorkFailedException(
                    console.withoutSecrets(Failure.of(failure).message()));
        }

        private String perform(String common, String piece) {
            try {
                return worker(common).apply(piece);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        private synchronized UnaryOperator<String> worker(String common) {
            UnaryOperator<String> worker =
                    known.computeIfAbsent(common, text -> worker(TaskKind.of(text), TaskKind.text(text)));
            if (known.size() > MOST_KNOWN) {
                known.remove(known.keySet().iterator().next());
            }
            return worker;
        }

        private UnaryOperator<String> worker(TaskKind kind, String common) {
            return switch (kind) {
                case SLICE -> {
                    ExportWork export = ExportWork.decode(common);
                    yield slice ->
                            pagewalk.perform(export, SliceWork.decode(slice)).encode();
                }
                case FILE -> {
                    AuditWork audit = AuditWork.decode(common);
                    yield file -> pagewalk.audit(audit, FileWork.decode(file)).encode();
                }
            };
        }
    }

    /**
     * Opens what is not open yet.
     *
     * @param common what all tasks of an export are given: how it is reached, and what they have in common, a line each
     * @throws WorkFailedException if it cannot be opened now
     */
    Use use(String common, String client) {
        int line = common.indexOf('\n');
        List<Opened> idle;
        Opened found;
        synchronized (this) {
            idle = takeIdle();
            found = opened.computeIfAbsent(common.substring(0, line), reached -> new Opened(reached, client));
            found.users++;
        }
        // Others do not wait for clients that say goodbye.
        idle.forEach(one -> one.pagewalk.close());
        return new Use(found, common.substring(line + 1));
    }

    private synchronized void giveBack(Opened used) {
        used.users--;
        used.freeSince = System.nanoTime();
    }

    private List<Opened> takeIdle() {
        long now = System.nanoTime();
        List<Opened> idle = opened.values().stream()
                .filter(one -> one.users == 0 && now - one.freeSince > KEPT_NANOS)
                .toList();
        opened.values().removeAll(idle);
        return idle;
    }
}
