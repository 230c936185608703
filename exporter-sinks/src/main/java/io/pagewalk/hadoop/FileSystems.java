package io.pagewalk.hadoop;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;

/** Opens file systems. */
final class FileSystems {
    private static final String NAMELESS = "pagewalk";

    private FileSystems() {}

    /** Opens a file system that nobody else has, so that closing it closes nobody else's files. */
    static FileSystem open(Path root, Configuration configuration) throws IOException {
        logIn(configuration);
        return FileSystem.newInstance(root.toUri(), configuration);
    }

    /** Hadoop wants to know who it works for, and fails where the user id has no name, as in containers that choose one. */
    static synchronized void logIn(Configuration configuration) throws IOException {
        UserGroupInformation.setConfiguration(configuration);
        try {
            UserGroupInformation.getLoginUser();
        } catch (IOException e) {
            if (UserGroupInformation.isSecurityEnabled()) {
                throw e;
            }
            String name = System.getenv("HADOOP_USER_NAME");
            UserGroupInformation.setLoginUser(
                    UserGroupInformation.createRemoteUser(name == null || name.isBlank() ? NAMELESS : name));
        }
    }
}
