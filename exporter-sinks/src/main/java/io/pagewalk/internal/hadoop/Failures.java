package io.pagewalk.internal.hadoop;

import io.pagewalk.error.Advice;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Says in one line what file systems say in many, and tells what the user has to change from what may pass. Goes by the names
 * of classes: most of them are in jars that need not be there.
 */
final class Failures {
    private static final Set<String> DENIED = Set.of("AccessDeniedException", "AccessControlException");
    private static final Set<String> WITHOUT_CREDENTIALS =
            Set.of("NoAuthWithAWSException", "NoAwsCredentialsException", "CredentialInitializationException");
    private static final Pattern STATUS = Pattern.compile("Status Code: (\\d{3})");
    private static final Pattern TOKEN_SERVICE =
            Pattern.compile("(?:.*Exception: )?(.*) \\(Service: Sts, Status Code: (\\d{3}).*", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile(":([A-Za-z]+)$");
    private static final int LONGEST = 300;

    private final HadoopSecrets secrets;
    private final Configuration configuration;
    private final Runnable onFailure;
    private final AtomicInteger underWay = new AtomicInteger();

    Failures(Configuration configuration) {
        this(new HadoopSecrets(configuration), configuration, () -> {});
    }

    private Failures(HadoopSecrets secrets, Configuration configuration, Runnable onFailure) {
        this.secrets = secrets;
        this.configuration = configuration;
        this.onFailure = onFailure;
    }

    /**
     * The same for calls of their own.
     *
     * @param listener told when one of them fails, but for a name that is taken or not there
     */
    Failures noted(Runnable listener) {
        return new Failures(secrets, configuration, listener);
    }

    /** Whether a call has not come back. */
    boolean isUnderWay() {
        return underWay.get() > 0;
    }

    /** Something that a file system does. */
    interface Call<T> {
        T run() throws IOException;
    }

    /**
     * Does it.
     *
     * @param place what it is done to, as messages show it
     */
    <T> T call(String what, String place, Call<T> call) throws IOException {
        underWay.incrementAndGet();
        try {
            return call.run();
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            throw explain(what, place, e);
        } catch (PagewalkException e) {
            throw e;
        } catch (RuntimeException e) {
            // What is wrong with an address or a setting, some file systems tell by one of these.
            throw explain(what, place, e);
        } catch (NoClassDefFoundError e) {
            onFailure.run();
            throw new UsageException(
                    "cannot " + what + " " + place + ": the file system lacks the class " + e.getMessage()
                            + "; put the jar that has it on the class path (lib/ext)",
                    e);
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** The exception to throw instead, unless it throws one itself, for what only the user can fix. */
    IOException explain(String what, String place, Exception failure) {
        onFailure.run();
        String text = "cannot " + what + " " + place + ": ";
        if (find(failure, Set.of("UnknownStoreException")) != null) {
            throw new UsageException(text + "there is no such bucket; create it, or name another", failure);
        }
        if (find(failure, WITHOUT_CREDENTIALS) != null) {
            throw new UsageException(
                    text
                            + "no usable credentials were found in the environment, in the machine's own, or in the file"
                            + " system's settings (" + said(failure) + ")",
                    Advice.CHANGE_FILE_SYSTEM_SETTINGS,
                    failure);
        }
        Throwable denied = find(failure, DENIED);
        if (denied != null) {
            throw new UsageException(
                    text + "access is denied (" + said(denied) + "); check the credentials and what they permit",
                    failure);
        }
        if (find(failure, Set.of("AWSRedirectException")) != null) {
            throw new UsageException(
                    text + "the bucket is in another region; set fs.s3a.endpoint.region=REGION",
                    Advice.CHANGE_FILE_SYSTEM_SETTINGS,
                    failure);
        }
        return new IOException(text + said(failure), failure);
    }

    /** Whether a store refused to complete an upload because its name is taken. */
    static boolean isConflict(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause.getClass().getSimpleName().equals("RemoteFileChangedException")
                    || message.contains("412 Precondition Failed")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a store does not know an upload any more, or another one of the name came in its way. */
    static boolean isForgottenUpload(IOException failure) {
        return find(failure, Set.of("FileNotFoundException")) != null
                || String.valueOf(failure.getMessage()).contains("Status Code: 409");
    }

    private static @Nullable Throwable find(Throwable failure, Set<String> names) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (names.contains(cause.getClass().getSimpleName())) {
                return cause;
            }
        }
        return null;
    }

    /** The part that tells something: what the store answered, or else what happened first. */
    private String said(Throwable failure) {
        Throwable root = failure;
        @Nullable String status = null;
        @Nullable String code = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            String message = String.valueOf(cause.getMessage());
            Matcher refusal = TOKEN_SERVICE.matcher(message);
            if (refusal.matches()) {
                return "AWS's token service answered " + refusal.group(2) + ": "
                        + shortened(secrets.hide(refusal.group(1)));
            }
            Matcher statusMatcher = STATUS.matcher(message);
            if (status == null && statusMatcher.find()) {
                status = statusMatcher.group(1);
            }
            Matcher codeMatcher = CODE.matcher(message);
            if (code == null && codeMatcher.find()) {
                code = codeMatcher.group(1);
            }
        }
        if (status != null) {
            return "the store answered " + status + (code == null || code.equals("null") ? "" : " " + code);
        }
        String message = root.getMessage();
        String text = message == null || root instanceof UnknownHostException
                ? root.getClass().getSimpleName() + (message == null ? "" : " " + message)
                : message;
        if (root instanceof ConnectException) {
            String endpoint = configuration.getTrimmed("fs.s3a.endpoint", "");
            text += endpoint.isEmpty() ? "" : "; fs.s3a.endpoint is " + endpoint;
        }
        return shortened(secrets.hide(text));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
