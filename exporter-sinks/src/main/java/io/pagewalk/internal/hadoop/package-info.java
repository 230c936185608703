/**
 * Files on Hadoop's file systems: S3, HDFS, GCS, ABFS. {@link io.pagewalk.internal.hadoop.HadoopProvider} is what the rest of Pagewalk
 * knows; {@link io.pagewalk.internal.hadoop.Publisher} is how a file gets its name and no other loses it.
 */
@NullMarked
package io.pagewalk.internal.hadoop;

import org.jspecify.annotations.NullMarked;
