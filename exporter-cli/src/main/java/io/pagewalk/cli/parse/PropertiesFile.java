package io.pagewalk.cli.parse;

import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads files of Java properties, in UTF-8. */
public final class PropertiesFile {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private PropertiesFile() {}

    /**
     * The properties of a file.
     *
     * @param option the option that named the file, for the message
     * @throws UsageException if the file cannot be read as such
     */
    public static Map<String, String> read(String option, Path file) {
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            passByteOrderMark(reader);
            properties.load(reader);
        } catch (CharacterCodingException e) {
            throw new UsageException(option + " " + file + " is not in UTF-8", e);
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "it is a directory" : Reasons.describe(e);
            throw new UsageException(option + " " + file + " cannot be read: " + reason, e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    option + " " + file + " is not a properties file: " + Reasons.line(e)
                            + " (a backslash is written twice)",
                    e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    /** Some editors put one at the beginning; it would become a part of the first key. */
    private static void passByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }
}
