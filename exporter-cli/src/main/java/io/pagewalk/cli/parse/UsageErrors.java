package io.pagewalk.cli.parse;

import io.pagewalk.cli.failure.Causes;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in one line why the arguments cannot be used. It repeats as little of them as possible: a forgotten quote makes
 * parts of a credential look like arguments.
 */
public final class UsageErrors {
    /** Options whose values may be secrets. */
    private static final List<String> SECRETIVE =
            List.of("--command-property", "--hadoop-property", "-D", "--metrics-push");

    private UsageErrors() {}

    public static String describe(ParameterException error, String[] arguments, OptionSources sources) {
        return message(error, arguments, sources) + "; see "
                + error.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    }

    private static String message(ParameterException error, String[] arguments, OptionSources sources) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return describe(unmatched, arguments);
        }
        if (error instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            // What is missing may just be misspelt.
            return unknownOption(arguments, error.getCommandLine())
                    .map(option -> "unknown option " + option)
                    .orElseGet(() -> Stream.concat(missing.getMissing().stream(), missingTopic(error.getCommandLine()))
                            .map(UsageErrors::missing)
                            .collect(Collectors.joining(", ")));
        }
        UsageException cause = Causes.find(error, UsageException.class);
        if (cause != null && error.getArgSpec() instanceof OptionSpec option) {
            return sources.nameOf(option) + " " + Failure.of(cause).message();
        }
        if (cause != null && error.getArgSpec() != null) {
            return error.getArgSpec().paramLabel() + " " + Failure.of(cause).message();
        }
        if (error.getArgSpec() instanceof OptionSpec option
                && !sources.nameOf(option).equals(option.longestName())) {
            return Reasons.line(error) + " (from " + sources.nameOf(option) + ")";
        }
        return Reasons.line(error);
    }

    /** One of the two is needed, so neither is by itself. */
    private static Stream<ArgSpec> missingTopic(CommandLine command) {
        OptionSpec one = command.getCommandSpec().findOption("--topic");
        OptionSpec many = command.getCommandSpec().findOption("--topics");
        boolean given = Stream.of("--topic", "--topics").anyMatch(command.getParseResult()::hasMatchedOption);
        return one == null || many == null || given ? Stream.empty() : Stream.of(one);
    }

    private static Optional<String> unknownOption(String[] arguments, CommandLine command) {
        return Arrays.stream(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .filter(argument -> argument.startsWith("--"))
                .map(UsageErrors::beforeEquals)
                .filter(option -> command.getCommandSpec().findOption(option) == null)
                .findFirst();
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " is missing (or " + OptionSources.variableOf(option) + ")"
                : argument.paramLabel() + " is missing";
    }

    private static String describe(UnmatchedArgumentException error, String[] arguments) {
        List<String> unmatched = error.getUnmatched();
        String first = unmatched.isEmpty() ? "" : unmatched.get(0);
        Optional<String> secretive = secretiveOptionBefore(first, arguments);
        if (secretive.isPresent() && !first.startsWith("--")) {
            return "unexpected argument after " + secretive.get() + "; values with spaces need quotes";
        }
        if (first.startsWith("-")) {
            return "unknown option " + beforeEquals(first) + suggestion(error);
        }
        CommandLine command = error.getCommandLine();
        if (command.getParent() == null) {
            return "unknown command '" + beforeEquals(first) + "'" + suggestion(error);
        }
        return "unexpected argument '" + beforeEquals(first) + "'; values with spaces need quotes";
    }

    /** The last option before an argument, if what follows may be a part of its value that is a secret. */
    private static Optional<String> secretiveOptionBefore(String argument, String[] arguments) {
        @Nullable String option = null;
        for (String before : arguments) {
            if (before.equals(argument)) {
                break;
            }
            option = before.startsWith("-") ? before : option;
        }
        return Optional.ofNullable(option)
                .flatMap(last -> SECRETIVE.stream().filter(last::startsWith).findFirst());
    }

    /** Letters in the wrong order are the most common slip, and what only looks alike is none. */
    private static String suggestion(UnmatchedArgumentException error) {
        String given = letters(error.getUnmatched().get(0));
        return error.getCommandLine().getSubcommands().keySet().stream()
                .filter(command -> letters(command).equals(given))
                .findFirst()
                .or(() -> error.getSuggestions().stream().findFirst())
                .map(meant -> " (did you mean " + meant + "?)")
                .orElse("");
    }

    private static String letters(String word) {
        return word.chars().sorted().mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static String beforeEquals(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }
}
