package io.pagewalk.cli.page;

import io.pagewalk.cli.console.Console;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What server and client both know. It is no argument, because other users of a machine see those. */
@Command(optionListHeading = "Secret")
public final class SecretOptions {
    private static final String VARIABLE = "PAGEWALK_SECRET";

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "The file that has the secret, which every request has to send. PAGEWALK_SECRET can have the"
                    + " secret itself.")
    private @Nullable Path secretFile;

    /**
     * The secret, or null if none is given. It is not printed from then on.
     *
     * @throws UsageException if the file cannot be read, or has none
     */
    public @Nullable String secret(Console console) {
        String secret = secretFile == null ? console.environment().get(VARIABLE) : read(secretFile);
        if (secret == null || secret.isBlank()) {
            return null;
        }
        if (!secret.strip().matches("[\\x21-\\x7e]{8,512}")) {
            throw new UsageException((secretFile == null ? VARIABLE : "--secret-file " + secretFile)
                    + " has no secret: it is one word of 8 to 512 ASCII characters");
        }
        console.keepSecret(Map.of("secret", secret.strip()));
        return secret.strip();
    }

    private static String read(Path file) {
        try {
            String text = Files.readString(file);
            if (text.isBlank()) {
                throw new UsageException("--secret-file " + file + " is empty");
            }
            return text;
        } catch (IOException e) {
            throw new UsageException("cannot read --secret-file " + file + ": " + Reasons.line(e), e);
        }
    }
}
