package io.pagewalk.topics;

import io.pagewalk.error.UsageException;
import io.pagewalk.listing.ListedTopic;
import io.pagewalk.model.TopicNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which topics are meant, by names and by expressions. What consists of letters, digits, dots, dashes and underscores is always a
 * name, so that the dot of {@code orders.eu} matches nothing else; whatever has another character in it is a regular expression of
 * {@link Pattern} that has to match a whole name. Unchangeable.
 */
public final class TopicSelection {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private final List<String> included;
    private final SortedSet<String> names = new TreeSet<>();
    private final List<Predicate<String>> expressions = new ArrayList<>();
    private final Set<String> excludedNames = new HashSet<>();
    private final List<Predicate<String>> excludedExpressions = new ArrayList<>();

    private TopicSelection(List<String> included, List<String> excluded) {
        this.included = included;
        read(included, names, expressions);
        read(excluded, excludedNames, excludedExpressions);
    }

    /**
     * Reads names and expressions.
     *
     * @param included lists of them, separated by commas; a comma within brackets belongs to its expression
     * @param excluded likewise; what is excluded is out even if it is included by its name
     * @throws UsageException if nothing is included, or something is neither a name nor an expression
     */
    public static TopicSelection of(Collection<String> included, Collection<String> excluded) {
        List<String> tokens = tokens(included);
        if (tokens.isEmpty()) {
            throw new UsageException("no topic is named, and no expression is given");
        }
        return new TopicSelection(tokens, tokens(excluded));
    }

    private static List<String> tokens(Collection<String> lists) {
        List<String> tokens = new ArrayList<>();
        lists.forEach(list -> split(list, tokens));
        return tokens;
    }

    private static void split(String list, List<String> tokens) {
        int depth = 0;
        int begin = 0;
        for (int i = 0; i <= list.length(); i++) {
            char at = i == list.length() ? ',' : list.charAt(i);
            if (OPENING.indexOf(at) >= 0) {
                depth++;
            } else if (CLOSING.indexOf(at) >= 0) {
                depth--;
            } else if (at == ',' && (depth <= 0 || i == list.length())) {
                String token = list.substring(begin, i).strip();
                if (!token.isEmpty()) {
                    tokens.add(token);
                }
                begin = i + 1;
            }
        }
    }

    private static void read(List<String> tokens, Collection<String> names, List<Predicate<String>> expressions) {
        for (String token : tokens) {
            if (!NAME.matcher(token).matches()) {
                expressions.add(expression(token));
            } else if (TopicNames.isValid(token)) {
                names.add(token);
            } else {
                throw new UsageException(
                        "'" + token + "' is no name of a topic: it is longer than 249 characters, or only" + " dots");
            }
        }
    }

    private static Predicate<String> expression(String token) {
        try {
            return Pattern.compile(token).asMatchPredicate();
        } catch (PatternSyntaxException e) {
            throw new UsageException(
                    "'" + token.replaceAll("\\p{Cc}", " ")
                            + "' is neither the name of a topic nor a regular expression: " + e.getDescription()
                            + " near index " + Math.max(0, e.getIndex()),
                    e);
        }
    }

    /**
     * The topics that are meant, of those that a cluster has.
     *
     * @param topics the cluster's
     * @param ours topics that hold logs of Pagewalk
     */
    public Chosen choose(Collection<ListedTopic> topics, Set<String> ours) {
        SortedSet<String> chosen = new TreeSet<>();
        SortedSet<String> missing = new TreeSet<>(names);
        for (ListedTopic topic : topics) {
            String name = topic.name();
            missing.remove(name);
            if (isExcluded(name)) {
                continue;
            }
            boolean usual = !topic.internal() && !name.startsWith("__") && !ours.contains(name);
            if (names.contains(name) || (usual && matches(name))) {
                chosen.add(name);
            }
        }
        missing.removeIf(this::isExcluded);
        return new Chosen(List.copyOf(chosen), List.copyOf(missing));
    }

    /** Whether a topic of that name is meant, if it is there and nothing special. */
    public boolean includes(String topic) {
        return !isExcluded(topic) && (names.contains(topic) || matches(topic));
    }

    /** The topics that are meant by name, whether they are there or not, without the excluded ones. */
    public List<String> named() {
        return names.stream().filter(name -> !isExcluded(name)).toList();
    }

    private boolean matches(String topic) {
        return expressions.stream().anyMatch(expression -> expression.test(topic));
    }

    private boolean isExcluded(String topic) {
        return excludedNames.contains(topic)
                || excludedExpressions.stream().anyMatch(expression -> expression.test(topic));
    }

    /** What is included, as it was given. */
    @Override
    public String toString() {
        return String.join(",", included);
    }

    /**
     * What a selection comes to.
     *
     * @param topics those that are meant and are there, in the order of their names
     * @param missing those that are named, and are not there
     */
    public record Chosen(List<String> topics, List<String> missing) {}
}
