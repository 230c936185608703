package io.pagewalk.cli.parse;

import java.util.function.Predicate;

/**
 * A command that leaves alone some of what the environment and the file of {@code --config} set, because it is meant for
 * other commands. The command line is meant for nobody else.
 */
public interface SharedSettings {
    /**
     * Whether what sets an option is for this command.
     *
     * @param option the option's longest name
     * @param isSet whether an option of that name is set at all: on the command line, in the environment or in the file
     */
    boolean takes(String option, Predicate<String> isSet);
}
