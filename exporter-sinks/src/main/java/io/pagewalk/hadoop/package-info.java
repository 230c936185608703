/**
 * Files on Hadoop's file systems: S3, HDFS, GCS, ABFS. {@link io.pagewalk.hadoop.HadoopStorage} is what the rest of Pagewalk
 * knows; {@link io.pagewalk.hadoop.Publisher} is how a file gets its name and no other loses it.
 */
@NullMarked
package io.pagewalk.hadoop;

import org.jspecify.annotations.NullMarked;
