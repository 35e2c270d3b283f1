package dev.dbmigration.runner.dialect.postgresql.connection;

import dev.dbmigration.model.Target.TlsMode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.postgresql.ssl.WrappedFactory;

/**
 * TLS with certificates and keys from PEM files. Public only because the driver makes it by its
 * name.
 */
public final class PemTlsFactory extends WrappedFactory {

  private static final String SEPARATOR = "\n";

  private final TlsFiles files;

  /** What {@link #argument} wrote. */
  public PemTlsFactory(String argument) throws IOException, GeneralSecurityException {
    var parts = argument.split(SEPARATOR, -1);
    files = new TlsFiles(TlsMode.valueOf(parts[0]), path(parts[1]), path(parts[2]));
    var context = SSLContext.getInstance("TLS");
    context.init(keyManagers(files), trustManagers(files), null);
    factory = context.getSocketFactory();
  }

  static String argument(TlsFiles files) {
    return files.mode()
        + SEPARATOR
        + files.ca().map(Path::toString).orElse("")
        + SEPARATOR
        + files.client().map(Path::toString).orElse("");
  }

  /** Speaks TLS over a connection; the certificate must name the host where that is demanded. */
  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    var secured = (SSLSocket) super.createSocket(socket, host, port, autoClose);
    if (files.mode() == TlsMode.VERIFY_FULL) {
      var parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
    }
    return secured;
  }

  private static Optional<Path> path(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
  }

  private static KeyManager[] keyManagers(TlsFiles files)
      throws IOException, GeneralSecurityException {
    var keys = emptyStore();
    if (files.client().isPresent()) {
      var folder = files.client().get();
      var chain = CertificateFiles.certificates(folder.resolve(TlsFiles.CERTIFICATE));
      var key = CertificateFiles.privateKey(folder.resolve(TlsFiles.KEY), chain.getFirst());
      keys.setKeyEntry("client", key, new char[0], chain.toArray(new X509Certificate[0]));
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, new char[0]);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trustManagers(TlsFiles files)
      throws IOException, GeneralSecurityException {
    if (files.mode() != TlsMode.VERIFY_FULL) {
      return new TrustManager[] {new TrustEverything()};
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (files.ca().isEmpty()) {
      factory.init((KeyStore) null);
    } else {
      var trusted = emptyStore();
      int number = 0;
      for (var certificate : CertificateFiles.certificates(files.ca().get())) {
        trusted.setCertificateEntry("ca" + number++, certificate);
      }
      factory.init(trusted);
    }
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  /** What {@link TlsMode#REQUIRE} means: encrypted, with whomever. */
  private static final class TrustEverything extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
