package io.pagewalk.internal.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Keys and certificates in PEM. Nothing of their text is ever passed on. */
final class PemText {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)");
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String ENCRYPTED_PRIVATE_KEY = "ENCRYPTED PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    /** Formats of keys that Kafka's clients take for the one that they know. */
    private static final Map<String, String> OTHER_FORMATS = Map.of(
            "RSA PRIVATE KEY", "PKCS#1",
            "EC PRIVATE KEY", "SEC 1",
            "DSA PRIVATE KEY", "OpenSSL's own format",
            "OPENSSH PRIVATE KEY", "OpenSSH's own format");

    private record Block(String label, String body) {
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(body);
        }
    }

    private final List<Block> blocks;
    private final String where;

    /** @param where it is, to begin what is said of it with */
    PemText(String text, String where) {
        this.blocks = BLOCK.matcher(text)
                .results()
                .map(match -> new Block(match.group(1), match.group(2)))
                .toList();
        this.where = where;
    }

    static boolean isPem(String text) {
        return text.contains("-----BEGIN ");
    }

    /** Why a client cannot use the private key; null if it can. */
    @Nullable
    String keyFault(@Nullable Password password) {
        List<Block> keys = blocks.stream()
                .filter(block -> block.label().endsWith(PRIVATE_KEY))
                .toList();
        if (keys.isEmpty()) {
            return where + " holds no private key: it begins with a line of '-----BEGIN PRIVATE KEY-----'";
        }
        if (keys.size() > 1) {
            return where + " holds " + keys.size() + " private keys: leave one";
        }
        Block key = keys.get(0);
        String format = OTHER_FORMATS.get(key.label());
        if (format != null) {
            return where + " holds a key in " + format + " ('BEGIN " + key.label()
                    + "'), and keys have to be PKCS#8: convert it, such as with 'openssl pkcs8 -topk8 -nocrypt -in KEY'";
        }
        if (key.label().equals(ENCRYPTED_PRIVATE_KEY)) {
            return password == null
                    ? where + " holds a key that is encrypted: set ssl.key.password"
                    : isKey(key, password)
                            ? null
                            : "ssl.key.password is not that of the key in " + where
                                    + ", or Java does not know how the key is encrypted: 'openssl pkcs8 -topk8 -v2"
                                    + " aes-256-cbc -in KEY' makes one that it knows";
        }
        return password != null
                ? where + " holds a key that is not encrypted: remove ssl.key.password"
                : isKey(key, null)
                        ? null
                        : where
                                + " holds a key that cannot be read: keys have to be PKCS#8, of RSA, EC or DSA, and whole";
    }

    private static boolean isKey(Block key, @Nullable Password password) {
        PKCS8EncodedKeySpec spec;
        try {
            spec = password == null ? new PKCS8EncodedKeySpec(key.bytes()) : decrypt(key.bytes(), password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
        for (String algorithm : List.of("RSA", "DSA", "EC")) {
            try {
                KeyFactory.getInstance(algorithm).generatePrivate(spec);
                return true;
            } catch (GeneralSecurityException e) {
                // Another one may be it.
            }
        }
        return false;
    }

    private static PKCS8EncodedKeySpec decrypt(byte[] key, Password password)
            throws IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(key);
        Cipher cipher = Cipher.getInstance(encrypted.getAlgName());
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(encrypted.getAlgName())
                        .generateSecret(new PBEKeySpec(password.value().toCharArray())),
                encrypted.getAlgParameters());
        return encrypted.getKeySpec(cipher);
    }

    /** Why a client cannot use the certificates; null if it can. */
    @Nullable
    String certificateFault() {
        List<Block> certificates = blocks.stream()
                .filter(block -> block.label().equals(CERTIFICATE))
                .toList();
        if (certificates.isEmpty()) {
            return where + " holds no certificate: it begins with a line of '-----BEGIN CERTIFICATE-----'";
        }
        try {
            for (Block certificate : certificates) {
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate.bytes()));
            }
            return null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return where + " holds a certificate that cannot be read: certificates have to be X.509, and whole";
        }
    }
}
