package io.pagewalk.spark;

import java.util.Map;
import org.apache.spark.SparkConf;

/** Whose process the driver is in, which says how the end of a command is told. */
enum Host {
    /** {@code spark-submit}'s, which ends with the command's exit code. */
    PROCESS,
    /** That of a cluster manager, which takes any {@code System.exit} for a failure, and an exception for one. */
    CLUSTER,
    /** One that others use, too, such as Databricks': its context is not ended either. */
    NOTEBOOK;

    static Host of(SparkConf conf, Map<String, String> environment) {
        if (environment.containsKey("DATABRICKS_RUNTIME_VERSION")) {
            return NOTEBOOK;
        }
        return conf.get("spark.submit.deployMode", "client").equals("cluster") ? CLUSTER : PROCESS;
    }
}
