package io.pagewalk.internal.hadoop;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.UserGroupInformation.AuthenticationMethod;
import org.apache.hadoop.util.ReflectionUtils;

/** Opens file systems. Whom Hadoop works for elsewhere in this JVM stays as it is. */
final class FileSystems {
    private static final String USER_NAME = "HADOOP_USER_NAME";
    private static final String NAMELESS = "pagewalk";

    private FileSystems() {}

    /**
     * Opens a file system that nobody else has, so that closing it closes nobody else's files.
     *
     * @param environment may name the user, as Hadoop's own programs let it
     */
    static FileSystem open(Path root, Configuration configuration, Map<String, String> environment) throws IOException {
        PrivilegedExceptionAction<FileSystem> opening = () -> create(root, configuration);
        try {
            return user(configuration, environment).doAs(opening);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was opened");
        }
    }

    /**
     * Hadoop's own factory would first load every file system there is, and with HDFS all its settings. It is asked where only the
     * settings say whose place is meant.
     */
    private static FileSystem create(Path root, Configuration configuration) throws IOException {
        if (root.toUri().getAuthority() == null) {
            return FileSystem.newInstance(root.toUri(), configuration);
        }
        String implementation = "fs." + root.toUri().getScheme() + ".impl";
        FileSystem fileSystem = ReflectionUtils.newInstance(
                configuration.getClass(implementation, null, FileSystem.class), configuration);
        try {
            fileSystem.initialize(root.toUri(), configuration);
            return fileSystem;
        } catch (IOException | RuntimeException e) {
            close(fileSystem, e);
            throw e;
        }
    }

    private static void close(FileSystem fileSystem, Exception failure) {
        try {
            fileSystem.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Hadoop wants to know who it works for, and fails where the user id has no name, as in containers that choose one. */
    private static synchronized UserGroupInformation user(Configuration configuration, Map<String, String> environment)
            throws IOException {
        boolean simple = SecurityUtil.getAuthenticationMethod(configuration) == AuthenticationMethod.SIMPLE;
        if (!simple && !UserGroupInformation.isSecurityEnabled()) {
            // Whether there is Kerberos at all is one setting for the whole JVM.
            UserGroupInformation.setConfiguration(configuration);
        }
        String name = environment.getOrDefault(USER_NAME, "");
        if (simple && !name.isBlank()) {
            return UserGroupInformation.createRemoteUser(name);
        }
        try {
            return UserGroupInformation.getCurrentUser();
        } catch (IOException e) {
            if (!simple) {
                throw e;
            }
            return UserGroupInformation.createRemoteUser(NAMELESS);
        }
    }
}
