package org.tidebox.sync.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.remote.ServerAddress;
import org.tidebox.wire.Problem;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.WireException;

/** Says for a person what went wrong with a server. */
record Failures(ServerAddress address) {

    /** Returns whether an exchange failed because its connection broke, so that a new one may do better at once. */
    static boolean isBroken(IOException failure) {
        return !(failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException
                || failure instanceof SSLException || failure instanceof StalledException
                || failure instanceof InterruptedIOException);
    }

    RemoteException of(IOException failure) {
        UntrustedCertificateException untrusted = find(failure, UntrustedCertificateException.class);
        if (untrusted != null) {
            return new RemoteException(Reason.UNTRUSTED, untrusted(untrusted), failure);
        }
        if (failure instanceof InterruptedIOException) {
            return new RemoteException(Reason.FAILED, "The request to " + address + " was interrupted", failure);
        }
        return new RemoteException(Reason.UNREACHABLE, unreachable(failure), failure);
    }

    RemoteException of(WireException failure) {
        return new RemoteException(Reason.FAILED,
                address + " gave an answer that Tidebox cannot understand: " + failure.getMessage(), failure);
    }

    RemoteException of(Problem problem) {
        ProblemType type = ProblemType.of(problem);
        Reason reason = switch (type) {
            case NOT_LOGGED_IN, TOKEN_EXPIRED, DISABLED -> Reason.NOT_LOGGED_IN;
            case SET_BACK -> Reason.SET_BACK;
            case QUOTA_EXCEEDED, STORE_FULL -> Reason.NO_ROOM;
            default -> type.isPermanent() ? Reason.REFUSED : Reason.FAILED;
        };
        String message = problem.detail().isBlank() ? problem.title() : problem.detail();
        return new RemoteException(reason, message, new ProblemException(type, message));
    }

    RemoteException ofStatus(int status) {
        Reason reason = status >= 500 || status == 429 ? Reason.FAILED : Reason.REFUSED;
        return new RemoteException(reason, address + " answered with HTTP status " + status
                + " and nothing that Tidebox understands; is it a Tidebox server?", null);
    }

    RemoteException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new RemoteException(Reason.FAILED, "The request to " + address + " was interrupted", cause);
    }

    private String untrusted(UntrustedCertificateException untrusted) {
        if (untrusted.expected() == null) {
            return address + " has a certificate that this computer does not trust. Its fingerprint is "
                    + untrusted.found() + ". If that is your server's fingerprint, give it when you log in";
        }
        return address + " shows another certificate than the one that was trusted: expected fingerprint "
                + untrusted.expected() + ", found " + untrusted.found()
                + ". If the server got a new certificate, log in again with the new fingerprint;"
                + " if not, somebody may be in between";
    }

    private String unreachable(IOException failure) {
        String cannot = "Cannot reach " + address + ": ";
        if (find(failure, UnresolvedAddressException.class) != null
                || find(failure, UnknownHostException.class) != null) {
            return cannot + "the host name is not known; is it spelled right, and is this computer online?";
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return cannot + "no answer; is the server running, and does a firewall let it through?";
        }
        if (failure instanceof ConnectException) {
            return cannot + (isRefused(failure) ? "connection refused" : "no connection") + "; is the server running?";
        }
        if (failure instanceof StalledException) {
            return address + " does not answer any more: " + failure.getMessage();
        }
        if (failure instanceof SSLException && isSaid(failure, "Remote host ")) {
            return cannot + "it closed the connection; is it busy, or no Tidebox server?";
        }
        if (failure instanceof SSLException) {
            return cannot + "no secure connection (TLS 1.3) with it; is it a Tidebox server?";
        }
        return "The connection to " + address + " broke";
    }

    private static boolean isRefused(IOException failure) {
        return failure.getMessage() == null || isSaid(failure, "refused");
    }

    /** Looks for words of the platform, which has no type for each case. */
    private static boolean isSaid(IOException failure, String words) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && cause.getMessage().contains(words)) {
                return true;
            }
        }
        return false;
    }

    private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
