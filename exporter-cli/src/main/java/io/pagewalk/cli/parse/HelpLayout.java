package io.pagewalk.cli.parse;

import io.pagewalk.cli.failure.ExitCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Shows a command's options under the heading of the mixin they come from. */
public final class HelpLayout {
    private static final int WIDTH = 100;

    private HelpLayout() {}

    public static void install(CommandLine line) {
        line.setUsageHelpWidth(WIDTH);
        line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        install(line.getCommandSpec());
    }

    private static void install(CommandSpec command) {
        UsageMessageSpec usage = command.usageMessage();
        usage.sortOptions(false);
        if (!command.mixins().isEmpty()) {
            usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, help -> "");
            usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
            usage.exitCodeListHeading("%nExit codes:%n");
            usage.exitCodeList(ExitCode.meanings());
        }
        for (CommandLine subcommand : command.subcommands().values()) {
            install(subcommand.getCommandSpec());
        }
    }

    private static String options(Help help) {
        StringBuilder text = new StringBuilder();
        groups(help.commandSpec()).forEach((heading, options) -> {
            options.sort(Comparator.comparingInt(OptionSpec::order));
            Help.Layout layout = help.createDefaultLayout();
            layout.addOptions(options, help.parameterLabelRenderer());
            text.append(help.createHeading("%n" + heading + ":%n")).append(layout);
        });
        return text.toString();
    }

    /** Also those that mixins have themselves, each under its own heading. */
    private static Stream<CommandSpec> mixins(CommandSpec command) {
        return command.mixins().values().stream().flatMap(mixin -> Stream.concat(Stream.of(mixin), mixins(mixin)));
    }

    /** What a mixin's own mixins have is not listed with its own. */
    private static List<OptionSpec> ownOptions(CommandSpec mixin) {
        Set<String> others = mixins(mixin)
                .flatMap(each -> each.options().stream())
                .map(OptionSpec::longestName)
                .collect(Collectors.toSet());
        return mixin.options().stream()
                .filter(option -> !others.contains(option.longestName()))
                .toList();
    }

    private static Map<String, List<OptionSpec>> groups(CommandSpec command) {
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        List<OptionSpec> own = new ArrayList<>(command.options());
        // Options of a mixin without a heading, such as picocli's own, are the command's.
        List<CommandSpec> headed = mixins(command)
                .filter(mixin -> !mixin.usageMessage().optionListHeading().isEmpty())
                .toList();
        for (CommandSpec mixin : headed) {
            for (OptionSpec option : ownOptions(mixin)) {
                own.removeIf(other -> other.longestName().equals(option.longestName()));
                if (!option.hidden()) {
                    groups.computeIfAbsent(mixin.usageMessage().optionListHeading(), heading -> new ArrayList<>())
                            .add(option);
                }
            }
        }
        if (own.isEmpty()) {
            return groups;
        }
        Map<String, List<OptionSpec>> ownFirst = new LinkedHashMap<>();
        ownFirst.put("Options", own);
        ownFirst.putAll(groups);
        return ownFirst;
    }
}
