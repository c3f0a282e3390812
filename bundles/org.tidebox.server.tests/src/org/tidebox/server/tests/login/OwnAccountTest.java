package org.tidebox.server.tests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.admin.DeviceInfo;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.OnHttp;
import org.tidebox.server.tests.TestServer;
import org.tidebox.wire.Messages.ChangePassword;
import org.tidebox.wire.Messages.DeviceEntry;
import org.tidebox.wire.Messages.Devices;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Messages.PasswordChanged;
import org.tidebox.wire.Messages.RemoveDevice;
import org.tidebox.wire.Messages.Welcome;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** What people do with their devices and their password, over HTTP, and what a token alone cannot do. */
@Tag("A6")
class OwnAccountTest extends OnHttp {
    private static final String FRESH = "an even better one";
    private String account;
    private String phone;

    @BeforeEach
    void loginPhone() throws Exception {
        account = server.core.server.sessions().check(token, TestServer.ADDRESS).account().name();
        phone = login(TestServer.PASSWORD).token();
    }

    @Test
    void devicesAreListedWithWhenAndWhereTheyWereSeen() throws Exception {
        List<DeviceEntry> devices = devices(token);

        assertThat(devices).extracting(DeviceEntry::name).containsExactly("laptop", "phone");
        assertThat(devices).extracting(DeviceEntry::own).containsExactly(true, false);
        assertThat(devices.getLast().address()).isEqualTo("127.0.0.1");
        assertThat(devices.getLast().lastSeen()).isEqualTo(server.core.clock.instant());
        server.core.clock.advance(Duration.ofHours(2));
        server.get(Routes.LIBRARIES, phone);
        assertThat(devices(token).getLast().lastSeen()).isEqualTo(server.core.clock.instant());
    }

    @Test
    void otherDeviceIsRemovedWithThePasswordOnly() throws Exception {
        assertProblem(ProblemType.WRONG_CREDENTIALS,
                server.post(Routes.REMOVE_DEVICE, token, new RemoveDevice("phone", "guess")));
        assertThat(server.get(Routes.LIBRARIES, phone).statusCode()).isEqualTo(200);

        assertThat(remove("phone").statusCode()).isEqualTo(204);

        assertThat(assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.LIBRARIES, phone)).detail())
                .contains("'phone' was removed").contains("tidebox join");
        assertThat(devices(token)).extracting(DeviceEntry::name).containsExactly("laptop");
        assertProblem(ProblemType.NOT_FOUND, remove("phone"));
        assertThat(assertProblem(ProblemType.BAD_REQUEST, remove("laptop")).detail()).contains("tidebox logout");
    }

    @Test
    void deviceOfManyWithOneNameIsNamedByItsNumber() throws Exception {
        login(TestServer.PASSWORD);
        String detail = assertProblem(ProblemType.BAD_REQUEST, remove("phone")).detail();
        long number = devices(token).getLast().number();
        assertThat(detail).contains("2 devices").contains(Long.toString(number));
        assertThat(remove(Long.toString(number)).statusCode()).isEqualTo(204);
        assertThat(remove("phone").statusCode()).isEqualTo(204);
    }

    @Test
    void nobodyRemovesDevicesOfOthers() throws Exception {
        server.core.join("eve" + account);
        DeviceInfo others = server.core.admin.listDevices("eve" + account).getFirst();
        assertProblem(ProblemType.NOT_FOUND, remove(Long.toString(others.number())));
    }

    @Test
    void tokenAloneChangesNoPasswordAndGuessingWithItIsSlowedDown() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertProblem(ProblemType.WRONG_CREDENTIALS, change(token, "guess", FRESH, true));
        }
        HttpResponse<byte[]> locked = change(token, TestServer.PASSWORD, FRESH, true);
        assertProblem(ProblemType.TOO_MANY_ATTEMPTS, locked);
        assertThat(locked.headers().firstValue("Retry-After")).contains("1");
        assertThat(change(phone, TestServer.PASSWORD, FRESH, false).statusCode()).isEqualTo(200);
        assertThat(login(FRESH).account()).isEqualTo(account);
    }

    @Test
    void changedPasswordLeavesTheOtherDevicesUnlessToldOtherwise() throws Exception {
        assertThat(HttpServer.read(change(token, TestServer.PASSWORD, FRESH, false), PasswordChanged.class).loggedOut())
                .isZero();
        assertThat(server.get(Routes.LIBRARIES, phone).statusCode()).isEqualTo(200);
        assertProblem(ProblemType.WRONG_CREDENTIALS, server.post(Routes.LOGIN, null,
                new Login(account, TestServer.PASSWORD, "phone")));

        assertThat(HttpServer.read(change(token, FRESH, TestServer.PASSWORD, true), PasswordChanged.class).loggedOut())
                .isEqualTo(1);
        assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.LIBRARIES, phone));
        assertThat(server.get(Routes.LIBRARIES, token).statusCode()).isEqualTo(200);
    }

    @Test
    void weakPasswordChangesNothing() throws Exception {
        assertThat(assertProblem(ProblemType.BAD_REQUEST, change(token, TestServer.PASSWORD, "short", true)).detail())
                .contains("at least 8");
        assertThat(server.get(Routes.LIBRARIES, phone).statusCode()).isEqualTo(200);
        assertThat(login(TestServer.PASSWORD).account()).isEqualTo(account);
    }

    @Test
    void operatorSetsThePasswordAndRemovesAllDevices() throws Exception {
        assertThat(server.core.admin.setPassword(account, FRESH, false)).isZero();
        assertThat(server.get(Routes.LIBRARIES, phone).statusCode()).isEqualTo(200);
        assertThat(server.core.admin.setPassword(account, FRESH, true)).isEqualTo(2);
        assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.LIBRARIES, phone));
        assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.LIBRARIES, token));
        assertThat(login(FRESH).account()).isEqualTo(account);
    }

    @Test
    void allOfThisNeedsAToken() throws Exception {
        assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.DEVICES, null));
        assertProblem(ProblemType.NOT_LOGGED_IN,
                server.post(Routes.REMOVE_DEVICE, null, new RemoveDevice("phone", TestServer.PASSWORD)));
        assertProblem(ProblemType.NOT_LOGGED_IN, change(null, TestServer.PASSWORD, FRESH, true));
    }

    private Welcome login(String password) throws Exception {
        return HttpServer.read(server.post(Routes.LOGIN, null, new Login(account, password, "phone")), Welcome.class);
    }

    private static List<DeviceEntry> devices(String token) throws Exception {
        return HttpServer.read(server.get(Routes.DEVICES, token), Devices.class).devices();
    }

    private HttpResponse<byte[]> remove(String device) throws Exception {
        return server.post(Routes.REMOVE_DEVICE, token, new RemoveDevice(device, TestServer.PASSWORD));
    }

    private static HttpResponse<byte[]> change(String token, String password, String fresh, boolean logOutOthers)
            throws Exception {
        return server.post(Routes.PASSWORD, token, new ChangePassword(password, fresh, logOutOthers));
    }
}
