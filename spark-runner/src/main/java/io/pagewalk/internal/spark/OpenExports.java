package io.pagewalk.internal.spark;

import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.ExportWork;
import io.pagewalk.execution.FileWork;
import io.pagewalk.execution.Reach;
import io.pagewalk.execution.SliceWork;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.CommonClientConfigs;

/** What this JVM has open for the exports that it works for: a connection, which all tasks of the export share. Any thread may use it. */
final class OpenExports {
    /** So many tasks of this JVM at a time, at most; threads without work have no reader. */
    private static final int MOST_TASKS = 64;

    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<String, Opened> opened = new LinkedHashMap<>();

    /** One that a task uses. */
    final class Use implements AutoCloseable {
        private final Opened used;

        private Use(Opened used) {
            this.used = used;
        }

        /** Does a piece of work, and waits for it. */
        String perform(String work) {
            return used.work.apply(work);
        }

        String withoutSecrets(String text) {
            return used.console.withoutSecrets(text);
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
        private final UnaryOperator<String> work;
        private int users;
        private long freeSince;

        private Opened(String common, String client) {
            String[] lines = common.split("\n", 2);
            Reach reach = Reach.decode(lines[0]);
            console.keepSecret(reach.client());
            console.keepSecret(reach.files());
            String name = reach.client().getOrDefault(CommonClientConfigs.CLIENT_ID_CONFIG, "pagewalk") + "-" + client;
            this.pagewalk = Pagewalk.connect(reach.withClient(CommonClientConfigs.CLIENT_ID_CONFIG, name))
                    .threads(MOST_TASKS)
                    .onStall(console::warn)
                    .open();
            this.work = worker(TaskKind.of(lines[1]), TaskKind.text(lines[1]));
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
     */
    synchronized Use use(String common, String client) {
        closeIdle();
        Opened found = opened.computeIfAbsent(common, text -> new Opened(text, client));
        found.users++;
        return new Use(found);
    }

    private synchronized void giveBack(Opened used) {
        used.users--;
        used.freeSince = System.nanoTime();
    }

    private void closeIdle() {
        long now = System.nanoTime();
        for (Iterator<Opened> all = opened.values().iterator(); all.hasNext(); ) {
            Opened one = all.next();
            if (one.users == 0 && now - one.freeSince > KEPT_NANOS) {
                all.remove();
                one.pagewalk.close();
            }
        }
    }
}
