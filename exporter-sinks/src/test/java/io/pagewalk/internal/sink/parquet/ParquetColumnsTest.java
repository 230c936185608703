package io.pagewalk.internal.sink.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.sink.Records;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RecordColumns;
import io.pagewalk.row.ScalarKind;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The columns of files without typed payloads, word for word: files of earlier versions have them. */
class ParquetColumnsTest {
    private static final Map<PayloadFormat, String> TYPES =
            Map.of(PayloadFormat.BYTES, "", PayloadFormat.STRING, "(STRING)", PayloadFormat.JSON, "(JSON)");

    @ParameterizedTest
    @EnumSource
    void areTheSameAsEver(TimestampUnit unit) {
        ParquetSettings settings = ParquetSettings.defaults(ParquetCompression.ZSTD, unit);
        for (PayloadFormat key : TYPES.keySet()) {
            for (PayloadFormat value : TYPES.keySet()) {
                for (PayloadFormat header : TYPES.keySet()) {
                    PayloadFormats payloads = new PayloadFormats(key, value, header);

                    assertThat(Columns.schema(payloads, settings))
                            .isEqualTo(MessageTypeParser.parseMessageType("""
                                    message io.pagewalk.Record {
                                      required binary topic (STRING);
                                      required int32 partition;
                                      required int64 offset;
                                      required int64 timestamp (TIMESTAMP(UNIT,true));
                                      required binary timestampType (STRING);
                                      optional binary key KEY;
                                      optional binary value VALUE;
                                      required group headers (LIST) {
                                        repeated group list {
                                          required group element {
                                            required binary key (STRING);
                                            optional binary value HEADER;
                                          }
                                        }
                                      }
                                    }""".replace("UNIT", unit.name())
                                    .replace("KEY", TYPES.get(key))
                                    .replace("VALUE", TYPES.get(value))
                                    .replace("HEADER", TYPES.get(header))));
                }
            }
        }
    }

    @Test
    void haveTheIdsThatWerePinned() {
        ParquetSettings settings = ParquetSettings.defaults(ParquetCompression.ZSTD, TimestampUnit.MICROS)
                .withFieldIds(List.of(10, 9, 8, 7, 6, 5, 4, 3, 1, 2, 1000));

        assertThat(Columns.schema(Records.BYTES, settings)).isEqualTo(MessageTypeParser.parseMessageType("""
                        message io.pagewalk.Record {
                          required binary topic (STRING) = 10;
                          required int32 partition = 9;
                          required int64 offset = 8;
                          required int64 timestamp (TIMESTAMP(MICROS,true)) = 7;
                          required binary timestampType (STRING) = 6;
                          optional binary key = 5;
                          optional binary value = 4;
                          required group headers (LIST) = 3 {
                            repeated group list {
                              required group element = 1 {
                                required binary key (STRING) = 2;
                                optional binary value = 1000;
                              }
                            }
                          }
                        }"""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 12, 1000})
    void haveIdsAllOrNone(int count) {
        ParquetSettings settings = ParquetSettings.defaults(ParquetCompression.ZSTD, TimestampUnit.MICROS)
                .withFieldIds(IntStream.rangeClosed(1, count).boxed().toList());

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> new ParquetFormat(Records.BYTES, settings))
                .withMessage("the setting parquet.field-ids has " + count
                        + " ids, but the columns of the files and the parts of these are 11");
    }

    @ParameterizedTest
    @EnumSource
    void countTimeInWhatTheSettingSays(TimestampUnit unit) {
        ScalarKind kind = RecordColumns.timestamps(
                ParquetSettings.defaults(ParquetCompression.ZSTD, unit).toMap());

        assertThat(kind).isEqualTo(unit.kind());
    }
}
