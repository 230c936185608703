package io.pagewalk.internal.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableNotice;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.Member;
import io.pagewalk.row.ScalarKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains of ten versions at random: every record of every version is in the table as it was, under the newest names. */
class AvroEvolutionTest {
    private static final int CHAINS = 60;
    private static final int VERSIONS = 10;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void everyVersionIsInTheTable(long seed) throws Exception {
        Random random = new Random(seed);
        for (int chain = 0; chain < CHAINS; chain++) {
            Evolution evolution = new Evolution(random, VERSIONS);
            AvroTable table = new AvroTable(TimeUnit.MICROSECONDS, evolution.texts);
            assertThat(table.noticed(TableNotice.Kind.CONFLICT))
                    .as("chain " + chain)
                    .isEmpty();
            for (int version = 0; version < VERSIONS; version++) {
                Schema schema = new Schema.Parser().parse(evolution.texts.get(version));
                for (int index = 0; index < 5; index++) {
                    byte[] payload = AvroTable.bytes(schema, evolution.value(schema, new RandomAvro(random)));
                    GenericRecord read = new GenericDatumReader<GenericRecord>(schema)
                            .read(null, DecoderFactory.get().binaryDecoder(payload, null));
                    assertThat(table.read(version + 1, payload))
                            .as("chain " + chain + ", version " + version + " of " + evolution.texts)
                            .isEqualTo(evolution.expected(version, read, name -> widened(table, name)));
                }
            }
        }
    }

    private static List<Member> columns(TableSchema table) {
        Member items = ((ColumnType.Struct) table.column().type()).members().get(0);
        return ((ColumnType.Struct) ((ColumnType.ListOf) items.type()).element().type()).members();
    }

    private static Function<Object, Object> widened(AvroTable table, String name) {
        Scalar type = columns(table.table()).stream()
                .filter(member -> member.name().equals(name))
                .map(member -> (Scalar) member.type())
                .findFirst()
                .orElseThrow();
        return value -> {
            if (type.kind() == ScalarKind.DOUBLE && value instanceof Number number) {
                return number.doubleValue();
            }
            return value instanceof BigDecimal decimal ? decimal.setScale(type.scale()) : value;
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22})
    void aLaterVersionOnlyAppendsColumns(long seed) throws Exception {
        Random random = new Random(seed);
        for (int chain = 0; chain < CHAINS; chain++) {
            List<String> texts = new Evolution(random, VERSIONS).texts;
            for (int versions = 1; versions < VERSIONS; versions++) {
                List<Member> before = columns(new AvroTable(TimeUnit.MICROSECONDS, texts.subList(0, versions)).table());
                List<Member> after =
                        columns(new AvroTable(TimeUnit.MICROSECONDS, texts.subList(0, versions + 1)).table());
                for (int index = 0; index < before.size(); index++) {
                    Member old = before.get(index);
                    Member now = after.get(index);
                    assertThat(now.name()).as("chain " + chain + " of " + texts).startsWith(old.name());
                    assertThat(now.optional() || !old.optional()).isTrue();
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31})
    void aVersionThatIsRegisteredTwiceChangesNothing(long seed) throws Exception {
        Random random = new Random(seed);
        for (int chain = 0; chain < CHAINS; chain++) {
            List<String> texts = new Evolution(random, VERSIONS).texts;
            List<SchemaVersion> once = new ArrayList<>();
            List<SchemaVersion> twice = new ArrayList<>();
            for (String text : texts) {
                SchemaVersion version =
                        new SchemaVersion("v", AvroSchema.parse(text, List.of()).type());
                once.add(version);
                twice.add(version);
                twice.add(version);
            }
            assertThat(merged(twice).text())
                    .as("chain " + chain)
                    .isEqualTo(merged(once).text());
        }
    }

    private static TableSchema merged(List<SchemaVersion> versions) throws Exception {
        return TableSchema.merge("value", List.of(new SchemaSubject("s", versions)), TimeUnit.MICROSECONDS);
    }
}
