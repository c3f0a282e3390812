package org.tidebox.storage.tests.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.tidebox.storage.accounts.Invitations;

/** Join codes in memory. */
final class MemoryInvitations implements Invitations {
    private final Map<String, Invitation> open = new HashMap<>();

    private record Invitation(long account, Instant expires) {
    }

    @Override
    public synchronized void add(long account, String secretHash, Instant expires) {
        open.put(secretHash, new Invitation(account, expires));
    }

    @Override
    public synchronized OptionalLong redeem(String secretHash, Instant now) {
        Invitation invitation = open.remove(secretHash);
        boolean valid = invitation != null && invitation.expires().isAfter(now);
        return valid ? OptionalLong.of(invitation.account()) : OptionalLong.empty();
    }

    @Override
    public synchronized void withdraw(long account) {
        open.values().removeIf(invitation -> invitation.account() == account);
    }
}
