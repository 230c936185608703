package io.pagewalk.it.s3;

import io.pagewalk.it.fixture.S3Server;
import io.pagewalk.it.remote.RemoteExportTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class S3ExportIT extends RemoteExportTest {
    @Override
    protected String place(String purpose) {
        return "s3a://" + S3Server.bucket(purpose) + "/exports/all";
    }

    @Override
    protected Map<String, String> properties() {
        return S3Server.properties();
    }

    @Override
    protected List<String> files(String place) {
        String prefix = "exports/all/";
        return S3Server.keys(bucket(place)).stream()
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    @Override
    protected void download(String place, Path directory) throws IOException {
        S3Server.download(bucket(place), "exports/all/", directory);
    }

    private static String bucket(String place) {
        return place.substring("s3a://".length(), place.indexOf("/exports"));
    }
}
