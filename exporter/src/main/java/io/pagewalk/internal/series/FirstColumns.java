package io.pagewalk.internal.series;

import io.pagewalk.internal.typed.RegistryPlace;
import io.pagewalk.internal.typed.TypedPlan;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.record.RecordView;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The columns of an export by what was asked for: typed ones first, then the ids that a table has for all of them. */
public final class FirstColumns implements NextRuns.Columns {
    private final ExportSpec spec;
    private final @Nullable RegistryPlace registry;
    private final UnaryOperator<ExportPlan> table;

    /**
     * @param registry knows schemas, or is null
     * @param table gives columns the ids of a table's
     */
    public FirstColumns(ExportSpec spec, @Nullable RegistryPlace registry, UnaryOperator<ExportPlan> table) {
        this.spec = spec;
        this.registry = registry;
        this.table = table;
    }

    @Override
    public ExportPlan of(Function<Consumer<RecordView>, ExportPlan> planning) {
        if (!TypedPlan.isAskedFor(spec, registry)) {
            return table.apply(planning.apply(record -> {}));
        }
        TypedPlan typed = new TypedPlan(spec, registry, () -> false);
        return table.apply(typed.of(planning.apply(typed)));
    }
}
