package dev.dbmigration.runner.dialect.postgresql.connection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads certificates and keys in PEM, as Secrets hold them. */
final class CertificateFiles {

  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN (?<kind>[A-Z0-9 ]*PRIVATE KEY)-----(?<body>[^-]*)-----END \\k<kind>-----");

  private CertificateFiles() {}

  /** All certificates of a file, at least one. */
  static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    var certificates = new ArrayList<X509Certificate>();
    try (var in = Files.newInputStream(file)) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add((X509Certificate) certificate);
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    return certificates;
  }

  /** The private key of a certificate, in any of the unencrypted PEM forms. */
  static PrivateKey privateKey(Path file, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    var form = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!form.find()) {
      throw new InvalidKeyException("there is no private key in PEM in it");
    }
    var body = decoded(form.group("body"));
    var key = certificate.getPublicKey();
    var pkcs8 =
        switch (form.group("kind")) {
          case "PRIVATE KEY" -> body;
          case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> wrapped(body, key.getEncoded());
          default ->
              throw new InvalidKeyException(
                  "the form "
                      + form.group("kind")
                      + " is not supported; use PRIVATE KEY (PKCS #8)");
        };
    return KeyFactory.getInstance(key.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static byte[] decoded(String body) throws InvalidKeyException {
    try {
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("the private key in it is not base64", e);
    }
  }

  /**
   * The older forms lack the algorithm around the key, which is the one of the public key: PKCS #8
   * is the sequence of version 0, algorithm, and the older form as octets.
   */
  private static byte[] wrapped(byte[] key, byte[] publicKey) {
    return der(0x30, join(new byte[] {2, 1, 0}, algorithm(publicKey), der(0x04, key)));
  }

  /** The first element of the sequence that a public key is. */
  private static byte[] algorithm(byte[] publicKey) {
    int start = contentStart(publicKey, 0);
    int contentStart = contentStart(publicKey, start);
    return Arrays.copyOfRange(publicKey, start, contentStart + contentLength(publicKey, start));
  }

  private static int contentStart(byte[] der, int element) {
    int first = der[element + 1] & 0xff;
    return element + 2 + (first < 0x80 ? 0 : first - 0x80);
  }

  private static int contentLength(byte[] der, int element) {
    int first = der[element + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = element + 2; i < contentStart(der, element); i++) {
      length = (length << 8) | (der[i] & 0xff);
    }
    return length;
  }

  private static byte[] der(int tag, byte[] content) {
    int length = content.length;
    var header =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return join(header, content);
  }

  private static byte[] join(byte[]... parts) {
    var joined = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int end = 0;
    for (var part : parts) {
      System.arraycopy(part, 0, joined, end, part.length);
      end += part.length;
    }
    return joined;
  }
}
