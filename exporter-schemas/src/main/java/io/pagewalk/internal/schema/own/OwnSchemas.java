package io.pagewalk.internal.schema.own;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PageDeadlineException;
import io.pagewalk.error.RegistryRefusedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.SchemaAnswer;
import io.pagewalk.internal.schema.registry.SchemaKind;
import io.pagewalk.internal.schema.registry.SchemaRegistry;
import io.pagewalk.internal.schema.registry.SubjectVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The schemas that a registry has told of, those that were used last. Who asks for the same one at the same time waits for one answer, and
 * no longer than it wants to. What fails is not remembered, and what nobody knows only for some seconds. Safe for use by any number of
 * threads.
 */
public final class OwnSchemas implements AutoCloseable {
    static final Duration UNKNOWN_FOR = Duration.ofSeconds(3);
    private static final int MOST = 1_000;
    private static final long MOST_TEXT = 32 << 20;
    private static final int AT_A_TIME = 8;

    private record Name(String context, SchemaKey key) {}

    private static final class Asked {
        final CompletableFuture<OwnAnswer> answer = new CompletableFuture<>();
        volatile long answered;
    }

    private final Function<String, SchemaRegistry> open;
    private final int most;
    private final LongSupplier nanos;
    private final Map<String, SchemaRegistry> clients = new HashMap<>();
    private final Map<Name, Asked> known = new LinkedHashMap<>(16, 0.75f, true);
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, task -> {
        Thread thread = new Thread(task, "pagewalk-schemas");
        thread.setDaemon(true);
        return thread;
    });

    /** @param open opens the client for a context, once for each */
    public OwnSchemas(Function<String, SchemaRegistry> open) {
        this(open, MOST, System::nanoTime);
    }

    OwnSchemas(Function<String, SchemaRegistry> open, int most, LongSupplier nanos) {
        this.open = open;
        this.most = most;
        this.nanos = nanos;
    }

    /**
     * What a frame's schema is.
     *
     * @param context which of the registry's contexts it is of; empty for that of its address
     * @param patience how long the answer is waited for
     * @throws RegistryRefusedException if the registry does not let in, or is none
     * @throws ExportFailedException if it does not answer
     * @throws PageDeadlineException if it has not answered in time
     */
    public OwnAnswer find(String context, SchemaKey key, Duration patience) {
        Asked asked = ask(new Name(context, key));
        try {
            return asked.answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PageDeadlineException(
                    "the schema registry has not told in time what schema " + key.text()
                            + " is; try again, with more time, or ask for the payloads as bytes",
                    true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("schema registry: interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new ExportFailedException("schema " + key.text() + " cannot be read: " + e.getCause(), e.getCause());
        }
    }

    private synchronized Asked ask(Name name) {
        Asked asked = known.get(name);
        if (asked != null && !isStale(asked)) {
            return asked;
        }
        Asked anew = new Asked();
        known.put(name, anew);
        try {
            threads.execute(() -> answer(name, anew));
        } catch (RejectedExecutionException e) {
            throw new StoppedException("schema registry: stopped", e);
        }
        return anew;
    }

    private boolean isStale(Asked asked) {
        return asked.answer.isDone()
                && !(asked.answer.getNow(new OwnAnswer.Unknown()) instanceof OwnAnswer.Found)
                && nanos.getAsLong() - asked.answered > UNKNOWN_FOR.toNanos();
    }

    private void answer(Name name, Asked asked) {
        OwnAnswer answer;
        try {
            answer = look(name);
        } catch (UsageException e) {
            fail(name, asked, new RegistryRefusedException(e));
            return;
        } catch (Throwable e) {
            fail(name, asked, e);
            return;
        }
        asked.answered = nanos.getAsLong();
        forgetTheOldest();
        asked.answer.complete(answer);
    }

    private void fail(Name name, Asked asked, Throwable failure) {
        synchronized (this) {
            known.remove(name, asked);
        }
        asked.answer.completeExceptionally(failure);
    }

    private OwnAnswer look(Name name) {
        if (name.key instanceof SchemaKey.GlueVersion) {
            return new OwnAnswer.Unusable();
        }
        SchemaRegistry client = client(name.context);
        SchemaAnswer answer;
        try {
            answer = client.find(name.key);
        } catch (UsageException e) {
            if (name.key instanceof SchemaKey.Id || e.advice() == Advice.CHANGE_REGISTRY_SETTINGS) {
                throw e;
            }
            // Garbage may look like a key of another registry than this one is.
            return new OwnAnswer.Unusable();
        }
        if (answer instanceof SchemaAnswer.Found found) {
            RegisteredSchema schema = found.schema();
            String subject = schema.kind() == SchemaKind.JSON_SCHEMA ? subject(client, name.key) : "";
            return new OwnAnswer.Found(new OwnSchema(schema, subject, "schema " + name.key.text()));
        }
        return answer instanceof SchemaAnswer.Unknown ? new OwnAnswer.Unknown() : new OwnAnswer.Unusable();
    }

    private SchemaRegistry client(String context) {
        synchronized (clients) {
            return clients.computeIfAbsent(context, open);
        }
    }

    /** Only for the sake of a name: who may not ask for subjects sees payloads without one. */
    private static String subject(SchemaRegistry client, SchemaKey key) {
        try {
            List<SubjectVersion> subjects = client.subjectsOf(key);
            return subjects.isEmpty() ? "" : subjects.get(0).subject();
        } catch (UsageException e) {
            return "";
        }
    }

    private synchronized void forgetTheOldest() {
        long text = known.values().stream().mapToLong(OwnSchemas::size).sum();
        Iterator<Asked> oldest = known.values().iterator();
        while ((known.size() > most || text > MOST_TEXT) && oldest.hasNext()) {
            Asked asked = oldest.next();
            if (asked.answer.isDone()) {
                text -= size(asked);
                oldest.remove();
            }
        }
    }

    private static long size(Asked asked) {
        OwnAnswer answer = asked.answer.isCompletedExceptionally() ? null : asked.answer.getNow(null);
        return answer instanceof OwnAnswer.Found found ? found.schema().size() : 0;
    }

    /** How many are remembered. */
    synchronized int size() {
        return known.size();
    }

    /** Asks for nothing more. Clients are ended by whoever opened them. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
