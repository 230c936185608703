package io.pagewalk.cli.parse;

import io.pagewalk.error.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that are not on the command line: from the environment, else from the file of {@code --config}. They are turned
 * into arguments in front of those given, so that a repeatable option takes from all three and the command line has the
 * last word.
 */
public final class OptionSources {
    private static final String PREFIX = "PAGEWALK_";

    private final Map<String, String> environment;
    /** Where an option's value came from, by its name, unless from the command line. */
    private final Map<String, String> origins = new HashMap<>();

    public OptionSources(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The complete arguments for the command that {@code arguments} name.
     *
     * @throws UsageException if the file of {@code --config} is not as it should be
     */
    public String[] complete(CommandLine root, String[] arguments) {
        CommandLine command =
                arguments.length == 0 ? null : root.getSubcommands().get(arguments[0]);
        if (command == null
                || command.getCommandSpec().findOption(ConfigFile.OPTION) == null
                || isGiven("--help", arguments)
                || isGiven("-h", arguments)) {
            return arguments;
        }
        String configFile = nameOfConfigFile(arguments);
        ConfigFile file = configFile.isBlank() ? ConfigFile.NONE : ConfigFile.read(configFile, keys(root));
        List<String> more = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (isSettable(option) && isTaken(command, option, file, arguments)) {
                more.addAll(argumentsOf(option, file, arguments));
            }
        }
        return Stream.of(
                        Stream.of(arguments[0]),
                        more.stream(),
                        Arrays.stream(arguments).skip(1))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    /** How messages call an option: by its name, or by what set it if that was not the command line. */
    String nameOf(OptionSpec option) {
        return origins.getOrDefault(option.longestName(), option.longestName());
    }

    /** The variable that sets an option: {@code PAGEWALK_PAGE_SIZE} for {@code --page-size}. */
    static String variableOf(OptionSpec option) {
        return PREFIX + keyOf(option).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String keyOf(OptionSpec option) {
        return option.longestName().substring("--".length());
    }

    /** Whether the command takes the option from elsewhere than the command line. */
    private boolean isTaken(CommandLine command, OptionSpec option, ConfigFile file, String[] given) {
        if (!(command.getCommand() instanceof SharedSettings shared)) {
            return true;
        }
        Predicate<String> isSet = name -> {
            OptionSpec other = command.getCommandSpec().findOption(name);
            return isGiven(name, given)
                    || !environment.getOrDefault(variableOf(other), "").isBlank()
                    || file.values().containsKey(keyOf(other));
        };
        return shared.takes(option.longestName(), isSet);
    }

    private List<String> argumentsOf(OptionSpec option, ConfigFile file, String[] given) {
        String name = option.longestName();
        @Nullable String variable = environment.get(variableOf(option));
        @Nullable String key = file.values().get(keyOf(option));
        if (option.isMultiValue()) {
            return Stream.of(Objects.requireNonNullElse(key, ""), Objects.requireNonNullElse(variable, ""))
                    .flatMap(String::lines)
                    .filter(line -> !line.isBlank())
                    .map(line -> name + "=" + line.strip())
                    .toList();
        }
        // An empty variable is how containers and scripts leave one unset.
        boolean fromVariable = variable != null && !variable.isBlank();
        String value = fromVariable ? variable : key;
        if (value == null || isGiven(name, given)) {
            return List.of();
        }
        origins.put(name, fromVariable ? variableOf(option) : keyOf(option) + " in " + file.path());
        if (option.arity().max() == 0) {
            return flag(option, value.strip()) ? List.of(name) : List.of();
        }
        return List.of(name + "=" + value.strip());
    }

    private boolean flag(OptionSpec option, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UsageException(nameOf(option) + " '" + value + "' is neither true nor false");
        };
    }

    private String nameOfConfigFile(String[] arguments) {
        String name = environment.getOrDefault(ConfigFile.VARIABLE, "");
        for (int i = 1; i < arguments.length && !arguments[i].equals("--"); i++) {
            if (arguments[i].startsWith(ConfigFile.OPTION + "=")) {
                name = arguments[i].substring(ConfigFile.OPTION.length() + 1);
            } else if (arguments[i].equals(ConfigFile.OPTION) && i + 1 < arguments.length) {
                name = arguments[++i];
            }
        }
        return name;
    }

    /** What a file may set: the options of all commands, so that one file serves them all. */
    private static Set<String> keys(CommandLine root) {
        return root.getSubcommands().values().stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(OptionSources::isSettable)
                .map(OptionSources::keyOf)
                .collect(Collectors.toSet());
    }

    private static boolean isGiven(String option, String[] arguments) {
        return Arrays.stream(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .anyMatch(argument -> argument.equals(option) || argument.startsWith(option + "="));
    }

    private static boolean isSettable(OptionSpec option) {
        return !option.usageHelp()
                && !option.versionHelp()
                && option.longestName().startsWith("--")
                && !option.longestName().equals(ConfigFile.OPTION);
    }
}
