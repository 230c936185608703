package io.pagewalk.cli.table;

import io.pagewalk.cli.text.Human;
import io.pagewalk.follow.TableLevel;

/** How far a table has come, for people. */
public final class TableTexts {
    private TableTexts() {}

    /** In one line. */
    public static String line(TableLevel level) {
        return "table " + level.table() + " (" + level.format() + ") "
                + (level.isLevel()
                        ? "is level: it has all " + Human.count(level.pages(), "committed page")
                        : "is behind by " + Human.count(level.pagesBehind(), "page") + ", and has "
                                + Human.count(level.pages()));
    }
}
