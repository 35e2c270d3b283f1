package dev.dbmigration.runner.dialect.postgresql.connection;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.TargetException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a resource's author from reaching, through the runner, what only the runner's node or pod
 * can reach.
 */
final class AddressGuard {

  private static final Set<String> METADATA =
      Set.of("100.100.100.200", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254");

  private AddressGuard() {}

  /**
   * The addresses of a host, all of them harmless. Connect to these and do not resolve again: the
   * name could mean something else the next time.
   *
   * @throws TargetException if there is none, or one of them is refused
   */
  static List<InetAddress> resolve(String host, boolean allowLoopback) throws TargetException {
    var addresses = lookUp(host);
    for (var address : addresses) {
      var refused = refusal(address, allowLoopback);
      if (refused.isPresent()) {
        throw new TargetException(
            Failure.of(
                Reason.ADDRESS_REFUSED,
                "The host " + host + " is not connected to: it is " + refused.get() + ".",
                "Name the database's own service or address in spec.target.host or in the"
                    + " Secret."));
      }
    }
    return addresses;
  }

  private static List<InetAddress> lookUp(String host) throws TargetException {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      throw new TargetException(
          Failure.of(
              Reason.TARGET_UNREACHABLE,
              "The host " + host + " is not known to the cluster's name service.",
              "Correct spec.target.host or the host in the Secret; a service in another namespace"
                  + " is written <service>.<namespace>."),
          e);
    }
  }

  private static Optional<String> refusal(InetAddress address, boolean allowLoopback) {
    var inner = embedded(address);
    if (inner.isLoopbackAddress()) {
      return allowLoopback ? Optional.empty() : Optional.of("a loopback address");
    }
    if (inner.isAnyLocalAddress()) {
      return Optional.of("the unspecified address");
    }
    if (inner.isLinkLocalAddress() || METADATA.contains(inner.getHostAddress())) {
      return Optional.of("a link-local address or the metadata service of a cloud");
    }
    if (inner.isMulticastAddress() || inner.getHostAddress().equals("255.255.255.255")) {
      return Optional.of("no address of a single host");
    }
    return Optional.empty();
  }

  /** The IPv4 address inside an IPv6 address that is translated to it; otherwise the same. */
  private static InetAddress embedded(InetAddress address) {
    var bytes = address.getAddress();
    if (address instanceof Inet4Address || !(isTranslated(bytes) || isCompatible(bytes))) {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** 64:ff9b::/96, NAT64. */
  private static boolean isTranslated(byte[] bytes) {
    return Arrays.equals(
        Arrays.copyOf(bytes, 12),
        new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0});
  }

  /** ::/96 but neither :: nor ::1. */
  private static boolean isCompatible(byte[] bytes) {
    return Arrays.equals(Arrays.copyOf(bytes, 12), new byte[12])
        && (bytes[12] != 0 || bytes[13] != 0);
  }
}
