package org.tidebox.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where attempts come from, as far as it tells people apart: an IPv4 address, the first 64 bits of an IPv6 address, of
 * which one person has all the rest, or a device that has shown its token.
 */
public final class Origin {
    private static final int PREFIX_BYTES = 8;
    private static final int ADDRESS_BYTES = 16;
    private final String text;
    private final boolean device;

    private Origin(String text, boolean device) {
        this.text = text;
        this.device = device;
    }

    /**
     * Returns the origin of an address.
     *
     * @param address in numbers, IPv6 with or without brackets and zone; anything else is an origin of its own
     */
    public static Origin ofAddress(String address) {
        String bare = address.replace("[", "").replace("]", "").replaceFirst("%.*", "");
        // What has no colon is IPv4, or a name, which must not be looked up.
        return new Origin(bare.indexOf(':') < 0 ? bare : ofIpv6(bare), false);
    }

    /** Returns the origin of a device that has shown its token. */
    public static Origin ofDevice(long device) {
        return new Origin("device-" + device, true);
    }

    boolean isDevice() {
        return device;
    }

    /** Returns a text without blanks. */
    @Override
    public String toString() {
        return text;
    }

    private static String ofIpv6(String address) {
        try {
            InetAddress parsed = InetAddress.getByName(address);
            if (!(parsed instanceof Inet6Address)) {
                return parsed.getHostAddress();
            }
            byte[] prefix = Arrays.copyOf(Arrays.copyOf(parsed.getAddress(), PREFIX_BYTES), ADDRESS_BYTES);
            return InetAddress.getByAddress(prefix).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
