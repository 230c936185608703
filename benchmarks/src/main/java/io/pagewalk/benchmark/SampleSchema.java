package io.pagewalk.benchmark;

/**
 * A schema as a registry has it.
 *
 * @param id what frames name it by
 * @param type {@code AVRO} or {@code PROTOBUF}
 * @param text the schema
 */
public record SampleSchema(int id, String type, String text) {}
