package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.LeafWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Makes nodes of a writer's schema and its binding. */
final class AvroCompiler {
    private AvroCompiler() {}

    static AvroNode node(Schema schema, Binding binding) {
        if (binding instanceof Binding.Dropped) {
            return new AvroContainers.Dropped(schema);
        }
        if (schema.getType() == Schema.Type.NULL) {
            return new AvroContainers.Null(binding.place());
        }
        if (!schema.isUnion()) {
            return single(schema, binding);
        }
        boolean several = AvroUnions.some(schema).size() > 1;
        List<AvroNode> types = new ArrayList<>();
        int branch = 0;
        for (Schema type : schema.getTypes()) {
            if (type.getType() == Schema.Type.NULL) {
                types.add(new AvroContainers.Null(binding.place()));
            } else {
                types.add(single(type, several ? branch(binding, branch++) : binding));
            }
        }
        return new AvroContainers.Union(types);
    }

    private static Binding branch(Binding binding, int index) {
        return binding instanceof Binding.Choice choice ? choice.branches().get(index) : binding;
    }

    private static AvroNode single(Schema schema, Binding binding) {
        if (binding instanceof Binding.Refused refused) {
            return new AvroContainers.Refused(refused.reason());
        }
        if (binding instanceof Binding.Within within) {
            return new AvroContainers.Branch(single(schema, within.inner()), within.siblings());
        }
        if (binding instanceof Binding.Leaf leaf) {
            return AvroScalars.node(schema, leaf);
        }
        if (binding instanceof Binding.Group group) {
            return AvroTypes.isDuration(schema) ? duration(group) : record(schema, group);
        }
        if (binding instanceof Binding.Many many) {
            Schema element = schema.getElementType();
            return new AvroContainers.Items(node(element, many.element()), element, many.place());
        }
        if (binding instanceof Binding.Entries entries) {
            return new AvroContainers.Pairs(node(schema.getValueType(), entries.value()), schema, entries);
        }
        throw new IllegalStateException(schema.getType() + " cannot be bound by " + binding.getClass());
    }

    private static AvroNode record(Schema schema, Binding.Group group) {
        List<AvroNode> fields = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int index = 0; index < schema.getFields().size(); index++) {
            Schema.Field field = schema.getFields().get(index);
            fields.add(node(field.schema(), group.fields().get(index)));
            names.add(field.name());
        }
        return new AvroContainers.Fields(fields, names, group.absent());
    }

    private static AvroNode duration(Binding.Group group) {
        List<LeafWriter> parts = new ArrayList<>();
        for (Binding field : group.fields()) {
            if (!(field instanceof Binding.Leaf leaf)) {
                return new AvroContainers.Refused("value does not fit the column's type");
            }
            parts.add(LeafWriter.of(leaf));
        }
        return new AvroContainers.Duration(parts, group.absent());
    }
}
