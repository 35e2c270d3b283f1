package dev.dbmigration.runner.dialect.postgresql;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests. */
final class Certificates {

  private final KeyPair key = keyPair("RSA", 2048);
  private final X509Certificate certificate;

  Certificates(String name) throws Exception {
    certificate = sign(name, key, Instant.now().plus(Duration.ofDays(1)), "", true);
  }

  /**
   * A certificate with its key.
   *
   * @param certificate signed
   * @param key private
   */
  record Signed(X509Certificate certificate, PrivateKey key) {

    /** As newer tools write it. */
    String pkcs8() throws IOException {
      return pem(new org.bouncycastle.util.io.pem.PemObject("PRIVATE KEY", key.getEncoded()));
    }

    /** As older tools write it: PKCS #1 for RSA, SEC 1 for elliptic curves. */
    String traditional() throws IOException {
      return pem(PrivateKeyInfo.getInstance(key.getEncoded()));
    }

    String chain() throws IOException {
      return pem(certificate);
    }
  }

  String pem() throws IOException {
    return pem(certificate);
  }

  /** For a server of this name, or a client of this role. */
  Signed issue(String name, String algorithm, Instant end) throws Exception {
    var pair = keyPair(algorithm, algorithm.equals("RSA") ? 2048 : 256);
    return new Signed(sign(name, pair, end, name, false), pair.getPrivate());
  }

  private X509Certificate sign(
      String name, KeyPair subject, Instant end, String alternative, boolean isCa)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    var issuer = isCa ? name : certificate.getSubjectX500Principal().getName().substring(3);
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=" + issuer),
            BigInteger.valueOf(System.nanoTime()),
            Date.from(Instant.now().minus(Duration.ofDays(2))),
            Date.from(end),
            new X500Name("CN=" + name),
            subject.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
    if (!alternative.isEmpty()) {
      var names = new GeneralNames(new GeneralName(GeneralName.dNSName, alternative));
      builder.addExtension(Extension.subjectAlternativeName, false, names);
    }
    var signer = new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static KeyPair keyPair(String algorithm, int size) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private static String pem(Object object) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
