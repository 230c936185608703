package io.pagewalk.cli.console;

import io.pagewalk.cli.document.Json;
import io.pagewalk.cli.document.LogLine;
import io.pagewalk.error.Reasons;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a command has of the world it runs in. Results go to standard output; whatever else there is to say goes to
 * standard error, without the secrets that are known. Safe for use by any number of threads.
 */
public final class Console {
    private final ResultStream results;
    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final Map<String, String> environment;
    private final boolean terminal;
    private final boolean canAsk;
    private final Secrets secrets = new Secrets();
    private volatile boolean quiet;
    private volatile LogFormat format = LogFormat.TEXT;
    private WorkSite workSite = WorkSite.HERE;

    /**
     * @param terminal whether a person watches {@code err} on a terminal
     */
    public Console(
            OutputStream out, OutputStream err, InputStream in, Map<String, String> environment, boolean terminal) {
        this(out, err, in, environment, terminal, false);
    }

    /**
     * @param terminal whether a person watches {@code err} on a terminal
     * @param canAsk whether that person can also answer
     */
    public Console(
            OutputStream out,
            OutputStream err,
            InputStream in,
            Map<String, String> environment,
            boolean terminal,
            boolean canAsk) {
        this.results = new ResultStream(out);
        this.out = new PrintStream(results, false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.in = in;
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
        this.canAsk = canAsk;
    }

    /** The process's own; UTF-8 whatever the locale says. */
    public static Console ofProcess() {
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                System.in,
                System.getenv(),
                Terminal.isStandardError(System.getenv()),
                Terminal.canAsk());
    }

    /** From here on commands have work done there. To be called before any. */
    public void workAt(WorkSite where) {
        workSite = where;
    }

    /** Where commands have slices worked on. */
    public WorkSite workSite() {
        return workSite;
    }

    /** Where results go; flushed by {@link #finish()}. */
    public PrintStream out() {
        return out;
    }

    /** Standard error as it is, for what draws on a terminal. */
    public PrintStream err() {
        return err;
    }

    public InputStream in() {
        return in;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public boolean isTerminal() {
        return terminal;
    }

    /** Whether somebody can be asked, on standard error, and answers on standard input. */
    public boolean canAsk() {
        return canAsk;
    }

    /** From here on only warnings and errors are told. */
    public void beQuiet() {
        quiet = true;
    }

    public boolean isQuiet() {
        return quiet;
    }

    /** Settings whose secrets shall never be printed. */
    public void keepSecret(Map<String, String> settings) {
        synchronized (secrets) {
            secrets.addAll(settings);
        }
    }

    /** From here on what is told on standard error is written so. */
    public void write(LogFormat as) {
        format = as;
    }

    /** How it is written. */
    public LogFormat logFormat() {
        return format;
    }

    private void tell(String level, String beginning, String line) {
        String safe = withoutSecrets(line);
        err.println(
                format == LogFormat.JSON
                        ? Json.line(new LogLine(
                                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(), level, safe))
                        : beginning + safe);
    }

    /** Tells how far something is, whether it is quiet or not. */
    public void progress(String line) {
        tell("info", "", line);
    }

    /** Tells something worth knowing that calls for nothing. */
    public void info(String line) {
        if (!quiet) {
            tell("info", "", line);
        }
    }

    public void warn(String line) {
        tell("warning", "pagewalk: warning: ", Reasons.oneLine(line));
    }

    public void error(String line) {
        tell("error", "pagewalk: ", Reasons.oneLine(line));
    }

    public void stackTrace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        if (format == LogFormat.JSON) {
            tell("debug", "", trace.toString());
        } else {
            err.print(withoutSecrets(trace.toString()));
        }
    }

    /**
     * Writes out what is left of the results.
     *
     * @return why results could not be written, in one line; null if they were, or nobody reads them any more
     */
    @Nullable
    public String finish() {
        out.flush();
        return results.failure();
    }

    /** Whether whoever read the results has gone away. */
    boolean isAbandoned() {
        return results.isAbandoned();
    }

    public String withoutSecrets(String text) {
        synchronized (secrets) {
            return secrets.hideIn(text);
        }
    }
}
