package io.pagewalk.internal.hadoop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** Keeps what is configured as a secret out of what others say in their messages. */
final class HadoopSecrets {
    private static final Pattern NAME = Pattern.compile("secret|passw|token|credential|key$|key\\.");

    /** Shorter ones would be found in ordinary words. */
    private static final int SHORTEST = 6;

    private final List<String> values = new ArrayList<>();

    HadoopSecrets(Configuration configuration) {
        for (Map.Entry<String, String> setting : configuration) {
            if (isSecret(setting.getKey())
                    && setting.getValue().length() >= SHORTEST
                    && HadoopSettings.isSet(configuration, setting.getKey())) {
                values.add(setting.getValue());
            }
        }
    }

    static boolean isSecret(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    String hide(String text) {
        String hidden = hideUserInfo(text);
        for (String value : values) {
            hidden = hidden.replace(value, "[hidden]");
        }
        return hidden;
    }

    static String hideUserInfo(String text) {
        return text.replaceAll("//[^/@\\s]*:[^/@\\s]*@", "//[hidden]@");
    }
}
