package io.pagewalk.internal.schema.column;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.WriteOnce;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.SchemaFileCodec;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;

/** The schemas of an export, in its output: files that are written once, named by their digests. Any thread may use it. */
public final class SchemaFiles {
    private final Storage output;
    private final String folder;

    /** @param folder where in the output they are */
    public SchemaFiles(Storage output, String folder) {
        this.output = output;
        this.folder = folder;
    }

    /** The name of a schema's file, in their folder. */
    static String fileName(String digest) {
        return digest + ".json";
    }

    /**
     * Makes sure that a schema's file is there, and durable.
     *
     * @throws ExportFailedException if it cannot be written
     */
    public void write(RegisteredSchema schema) {
        String name = folder + "/" + fileName(schema.digest());
        try {
            WriteOnce.publish(output, name, SchemaFileCodec.encode(schema));
        } catch (IOException e) {
            throw cannot("write", name, e);
        }
    }

    /**
     * The schema of a digest.
     *
     * @throws UsageException if its file is missing, or damaged
     * @throws ExportFailedException if it cannot be read
     */
    public RegisteredSchema read(String digest) {
        String name = folder + "/" + fileName(digest);
        try (SeekableByteChannel channel = output.open(name);
                InputStream in = Channels.newInputStream(channel)) {
            return SchemaFileCodec.decode(in.readNBytes(SchemaFileCodec.MOST_BYTES + 1), digest);
        } catch (NoSuchFileException e) {
            throw new UsageException(place(name) + " is missing", Advice.RESTORE_THE_LOG, e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(place(name) + " is damaged: " + Reasons.line(e), Advice.RESTORE_THE_LOG, e);
        } catch (IOException e) {
            throw cannot("read", name, e);
        }
    }

    private String place(String name) {
        return "the schema " + output.location() + "/" + name;
    }

    private ExportFailedException cannot(String what, String name, IOException e) {
        return new ExportFailedException(
                "cannot " + what + " " + place(name) + ": " + Reasons.describe(e) + "; fix that and run again", e);
    }
}
