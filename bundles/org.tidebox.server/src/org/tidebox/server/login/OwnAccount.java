package org.tidebox.server.login;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.PasswordCredentials;
import org.tidebox.auth.Enrolment;
import org.tidebox.auth.Origin;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Device;
import org.tidebox.wire.Messages.ChangePassword;
import org.tidebox.wire.Messages.DeviceEntry;
import org.tidebox.wire.Messages.Devices;
import org.tidebox.wire.Messages.PasswordChanged;
import org.tidebox.wire.Messages.RemoveDevice;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * What people do with their own account. A token alone takes nothing over: changing the password and removing other
 * devices need the password as well, which is asked for as slowly as at a login. Thread-safe.
 */
public final class OwnAccount {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.tidebox.audit");

    private final AccountDevices devices;
    private final PasswordGate gate;
    private final Supplier<Optional<Enrolment>> enrolment;

    /** Works on the account of whoever asks; passwords are set by what there is for that at the time. */
    public OwnAccount(AccountDevices devices, PasswordGate gate, Supplier<Optional<Enrolment>> enrolment) {
        this.devices = devices;
        this.gate = gate;
        this.enrolment = enrolment;
    }

    /** Lists the account's devices by name. */
    public Devices devices(Session session) throws StorageException {
        List<DeviceEntry> entries = devices.list(session.account()).stream()
                .map(device -> new DeviceEntry(device.id(), device.name(), session.isOf(device),
                        devices.isConnected(device), device.created(), device.lastSeen(), device.address(),
                        device.expires()))
                .toList();
        return new Devices(entries);
    }

    /**
     * Removes another device.
     *
     * @param address where the request comes from
     */
    public void remove(Session session, RemoveDevice request, String address)
            throws ProblemException, StorageException {
        checkPassword(session, request.password(), address);
        Device device = devices.find(session.account(), request.device());
        if (session.isOf(device)) {
            throw new ProblemException(ProblemType.BAD_REQUEST,
                    "'" + device.name() + "' is this device itself; to disconnect it, log out ('tidebox logout')");
        }
        devices.remove(session.account(), device, by(session, address));
    }

    /**
     * Changes the password.
     *
     * @param address where the request comes from
     */
    public PasswordChanged changePassword(Session session, ChangePassword request, String address)
            throws ProblemException, StorageException {
        Enrolment passwords = enrolment.get().orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND,
                "This server keeps no passwords"));
        try {
            // Beforehand: nobody should have to type the old one again for that.
            passwords.check(request.fresh().toCharArray());
            checkPassword(session, request.password(), address);
            passwords.enrol(session.account().name(), request.fresh().toCharArray());
        } catch (AuthException e) {
            throw PasswordGate.problem(e);
        }
        AUDIT.info("password changed: account={} by={}", session.account().name(), by(session, address));
        return new PasswordChanged(request.logOutOthers()
                ? devices.removeAll(session.account(), session, by(session, address))
                : 0);
    }

    private void checkPassword(Session session, String password, String address) throws ProblemException {
        try {
            gate.check(new PasswordCredentials(session.account().name(), password.toCharArray()),
                    session.device() == null
                            ? Origin.ofAddress(address)
                            : Origin.ofDevice(session.device().id()));
        } catch (AuthException e) {
            AUDIT.info("password refused: account={} reason={} by={}", session.account().name(), e.getReason(),
                    by(session, address));
            throw PasswordGate.problem(e);
        }
    }

    private static String by(Session session, String address) {
        return (session.device() == null ? "a session" : "device " + Logins.printable(session.device().name())) + " at "
                + address;
    }
}
