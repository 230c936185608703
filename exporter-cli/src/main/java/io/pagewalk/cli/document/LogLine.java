package io.pagewalk.cli.document;

/**
 * A line of standard error with {@code --log-format json}.
 *
 * @param time when it was told, in ISO 8601
 * @param level info, warning, error or debug
 */
public record LogLine(String time, String level, String message) {}
