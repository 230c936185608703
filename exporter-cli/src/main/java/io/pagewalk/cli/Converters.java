package io.pagewalk.cli;

import io.pagewalk.Locations;
import io.pagewalk.OnBadRecord;
import io.pagewalk.OnDataLoss;
import io.pagewalk.cli.document.ReportPlace;
import io.pagewalk.cli.parse.ByteRate;
import io.pagewalk.cli.parse.Durations;
import io.pagewalk.cli.parse.UsageErrors;
import io.pagewalk.cli.progress.ProgressMode;
import io.pagewalk.cli.schema.SchemaOptions;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.LocalPaths;
import io.pagewalk.location.Location;
import io.pagewalk.model.Direction;
import io.pagewalk.model.ListingToken;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.plan.Size;
import io.pagewalk.plan.Windows;
import io.pagewalk.schema.OnNewSchema;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;

/**
 * From an option's text to its value. Failures begin with the text; {@link UsageErrors} puts the option's name in front, as
 * only there is known whether the text came from the command line, a variable or a file.
 */
final class Converters {
    private Converters() {}

    static void register(CommandLine line) {
        line.registerConverter(Path.class, LocalPaths::parse);
        line.registerConverter(ReportPlace.class, ReportPlace::parse);
        line.registerConverter(DirectoryLocation.class, Locations::parseDirectory);
        line.registerConverter(Location.class, Locations::parse);
        line.registerConverter(Duration.class, Durations::parse);
        line.registerConverter(Size.class, Size::parse);
        line.registerConverter(ByteRate.class, ByteRate::parse);
        line.registerConverter(OffsetBound.class, OffsetBound::parse);
        line.registerConverter(ZoneId.class, Converters::zone);
        line.registerConverter(PartitionSet.class, PartitionSet::parse);
        line.registerConverter(Direction.class, oneOf(Direction.values()));
        line.registerConverter(ListingToken.Order.class, oneOf(ListingToken.Order.values()));
        line.registerConverter(IsolationLevel.class, oneOf(IsolationLevel.values()));
        line.registerConverter(PayloadChoice.class, PayloadChoice::parseAny);
        line.registerConverter(Windows.Unit.class, oneOf(Windows.Unit.values()));
        line.registerConverter(Windows.Layout.class, oneOf(Windows.Layout.values()));
        line.registerConverter(OnDataLoss.class, oneOf(OnDataLoss.values()));
        line.registerConverter(OnNewSchema.class, oneOf(OnNewSchema.values()));
        line.registerConverter(SchemaOptions.UnknownFields.class, oneOf(SchemaOptions.UnknownFields.values()));
        line.registerConverter(OnBadRecord.class, oneOf(OnBadRecord.values()));
        line.registerConverter(ProgressMode.class, oneOf(ProgressMode.values()));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw new UsageException("'" + text + "' is not a time zone: give one such as Europe/Berlin, or UTC", e);
        }
    }

    private static <E extends Enum<E>> ITypeConverter<E> oneOf(E[] constants) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E constant : constants) {
            byName.put(constant.toString().toLowerCase(Locale.ROOT), constant);
        }
        String choices = String.join(", ", byName.keySet());
        return text -> {
            E constant = byName.get(text.strip().toLowerCase(Locale.ROOT));
            if (constant == null) {
                throw new UsageException("'" + text + "' is none of " + choices);
            }
            return constant;
        };
    }
}
