package io.pagewalk.internal.iceberg;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.error.UsageException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;

/** What Iceberg's exceptions mean to whoever runs an export. The only place that knows. */
final class IcebergFailures {
    /** What may stand in messages; any other setting may be a secret, or hold one. */
    private static final Set<String> SHOWN = Set.of("type", "catalog-impl", "io-impl", "warehouse", "prefix", "scope");

    private static final int SHORTEST_SECRET = 3;

    private final String type;
    private final List<Map.Entry<String, String>> secrets;

    /** @param type the catalog's, for messages */
    IcebergFailures(String type, Map<String, String> settings) {
        this.type = type;
        List<Map.Entry<String, String>> hidden = new ArrayList<>(settings.entrySet());
        hidden.removeIf(setting ->
                SHOWN.contains(setting.getKey()) || setting.getValue().length() < SHORTEST_SECRET);
        // One may contain another.
        hidden.sort(Comparator.comparingInt(setting -> -setting.getValue().length()));
        this.secrets = List.copyOf(hidden);
    }

    /** Of a catalog that cannot be opened. */
    PagewalkException opening(Throwable failure) {
        return isOfSettings(failure)
                ? new UsageException(
                        catalog() + " cannot be used: " + reason(failure) + "; check its settings", cause(failure))
                : new ExportFailedException(catalog() + " cannot be reached: " + reason(failure), cause(failure));
    }

    /** Of a table that is looked for, made or widened. */
    PagewalkException preparing(String table, RuntimeException failure) {
        if (failure instanceof PagewalkException known) {
            return known;
        }
        if (failure instanceof FrozenOperations.Uncertain uncertain) {
            return preparing(table, uncertain.failure());
        }
        if (failure instanceof NoSuchNamespaceException) {
            return new UsageException(
                    "the namespace of " + table(table) + " is not there and cannot be made: " + reason(failure)
                            + "; make it first",
                    cause(failure));
        }
        return isOfSettings(failure)
                ? new UsageException(table(table) + " cannot be used: " + reason(failure), cause(failure))
                : new ExportFailedException(table(table) + " cannot be prepared: " + reason(failure), cause(failure));
    }

    /** Of a table that follows, where nothing was to be changed or it is certain that nothing was. */
    PagewalkException following(String table, RuntimeException failure) {
        if (failure instanceof PagewalkException known) {
            return known;
        }
        if (failure instanceof FrozenOperations.Uncertain uncertain) {
            return following(table, uncertain.failure());
        }
        if (failure instanceof NoSuchTableException) {
            return gone(table);
        }
        if (isRefusal(failure)) {
            return new UsageException(
                    catalog() + " does not let " + table(table) + " be used: " + reason(failure)
                            + "; check its credentials",
                    cause(failure));
        }
        return new ExportFailedException(
                table(table) + " cannot be brought level: " + reason(failure), interrupted(failure));
    }

    /** Of a commit: all but what the catalog has refused may have been done. */
    PagewalkException committing(String table, RuntimeException failure) {
        boolean refused = isRefusal(failure)
                || failure instanceof NoSuchTableException
                || failure instanceof BadRequestException
                || failure instanceof ValidationException
                || failure instanceof PagewalkException;
        return refused
                ? following(table, failure)
                : new ExportFailedException(
                        "it is not known whether " + table(table) + " has what was committed last: " + reason(failure)
                                + "; the next run finds out",
                        interrupted(failure));
    }

    /** Of a table that others change all the time. */
    ExportFailedException contended(String table, CommitFailedException failure) {
        return new ExportFailedException(
                table(table) + " was changed by others whenever it was to be changed: " + reason(failure)
                        + "; run again",
                cause(failure));
    }

    TableChangedException gone(String table) {
        return new TableChangedException(table(table) + " is gone: it was dropped or renamed", Advice.DETACH_THE_TABLE);
    }

    String table(String table) {
        return "the iceberg table " + table;
    }

    String catalog() {
        return "the iceberg catalog (" + type + ")";
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof NotAuthorizedException || failure instanceof ForbiddenException;
    }

    /** What does not pass by itself. */
    private static boolean isOfSettings(Throwable failure) {
        return isRefusal(failure)
                || failure instanceof BadRequestException
                || failure instanceof ValidationException
                || failure instanceof IllegalArgumentException
                || failure instanceof UnsupportedOperationException
                || failure instanceof NoSuchNamespaceException
                || failure instanceof NullPointerException
                || failure instanceof LinkageError;
    }

    /** In one line, without values of settings. */
    private String reason(Throwable failure) {
        String line = hide(Reasons.line(failure));
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String last = hide(Reasons.line(root));
        return root == failure || line.contains(last) ? line : line + ": " + last;
    }

    private String hide(String text) {
        String hidden = text;
        for (Map.Entry<String, String> secret : secrets) {
            hidden = hidden.replace(secret.getValue(), "(" + secret.getKey() + ")");
        }
        return hidden;
    }

    /** None if a message of it shows a setting. */
    private @Nullable Throwable cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (!hide(message).equals(message)) {
                return null;
            }
        }
        return failure;
    }

    /** The cause; whoever is interrupted stays so. */
    private @Nullable Throwable interrupted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException
                    || (cause instanceof InterruptedIOException
                            && !(cause instanceof java.net.SocketTimeoutException))) {
                Thread.currentThread().interrupt();
            }
        }
        return cause(failure);
    }
}
