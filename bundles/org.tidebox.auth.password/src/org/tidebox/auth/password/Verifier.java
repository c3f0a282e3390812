package org.tidebox.auth.password;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What a password is checked against: an Argon2id hash (RFC 9106) with its salt and cost, as text in the PHC string
 * format {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 */
public final class Verifier {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})"
            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    private Verifier(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    /** Hashes a password with a new salt. */
    public static Verifier of(byte[] password, Cost cost, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Verifier(cost, salt, hash(password, cost, salt, HASH_BYTES));
    }

    /** Makes a verifier that no password matches, and that takes as long to find that out as others do. */
    static Verifier ofNobody(Cost cost, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = new byte[HASH_BYTES];
        random.nextBytes(hash);
        return new Verifier(cost, salt, hash);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is not of this form, or costs more than this program is willing to pay
     */
    public static Verifier parse(String text) {
        Matcher matcher = PHC.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected $argon2id$v=19$m=…,t=…,p=…$salt$hash");
        }
        Cost cost = new Cost(number(matcher, 1), number(matcher, 2), number(matcher, 3));
        Base64.Decoder decoder = Base64.getDecoder();
        return new Verifier(cost, decoder.decode(matcher.group(4)), decoder.decode(matcher.group(5)));
    }

    /** Returns whether this is the password; takes the same time for each. */
    public boolean matches(byte[] password) {
        return MessageDigest.isEqual(hash, hash(password, cost, salt, hash.length));
    }

    /** Returns whether hashing anew with this cost would make guessing harder. */
    public boolean isWeakerThan(Cost wanted) {
        return cost.isLowerThan(wanted) || salt.length < SALT_BYTES || hash.length < HASH_BYTES;
    }

    /** Returns the PHC string. */
    public String text() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + cost.lanes() + "$"
                + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
    }

    private static byte[] hash(byte[] password, Cost cost, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib()).withIterations(cost.passes()).withParallelism(cost.lanes())
                .withSalt(salt).build());
        byte[] hash = new byte[length];
        generator.generateBytes(password, hash);
        return hash;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
