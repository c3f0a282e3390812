package org.tidebox.server.http;

import java.util.List;
import org.tidebox.wire.Routes;

/** The paths that this bundle answers, as patterns for {@link ApiEndpoint#PATH}. */
public final class ApiPaths {
    /** How many segments of a path stand before what lies in a library: {@code api/v1/libraries/L/files}. */
    public static final int SEGMENTS_OF_LIBRARY = 5;
    /** A page for people. */
    public static final String HOME = "/";
    /** See {@link Routes#changes}. */
    public static final String CHANGES = Routes.LIBRARIES + "/*/changes";
    /** See {@link Routes#missing}. */
    public static final String MISSING = Routes.LIBRARIES + "/*/chunks/missing";
    /** See {@link Routes#fetch}. */
    public static final String FETCH = Routes.LIBRARIES + "/*/chunks/fetch";
    /** See {@link Routes#signatures}. */
    public static final String SIGNATURES = Routes.LIBRARIES + "/*/chunks/signatures";
    /** See {@link Routes#patches}. */
    public static final String PATCHES = Routes.LIBRARIES + "/*/chunks/patches";
    /** See {@link Routes#upload}. */
    public static final String UPLOAD = Routes.LIBRARIES + "/*/upload";
    /** See {@link Routes#history}. */
    public static final String HISTORY = Routes.LIBRARIES + "/*/history";
    /** See {@link Routes#tree}. */
    public static final String TREE = Routes.LIBRARIES + "/*/tree";
    /** See {@link Routes#nodes}. */
    public static final String NODES = Routes.LIBRARIES + "/*/nodes";
    /** See {@link Routes#deleted}. */
    public static final String DELETED = Routes.LIBRARIES + "/*/deleted";
    /** See {@link Routes#wanted}. */
    public static final String WANTED = Routes.LIBRARIES + "/*/wanted";
    /** See {@link Routes#formerly}. */
    public static final String FORMERLY = Routes.LIBRARIES + "/*/formerly";
    /** See {@link Routes#confirmed}. */
    public static final String CONFIRMED = Routes.LIBRARIES + "/*/confirmed";
    /** See {@link Routes#moment}. */
    public static final String MOMENT = Routes.LIBRARIES + "/*/moment";

    /** See {@link Routes#files}. */
    public static final String FILES = Routes.LIBRARIES + "/*/files/**";
    /** See {@link Routes#folders}. */
    public static final String FOLDERS = Routes.LIBRARIES + "/*/folders/**";

    /** All of the protocol. */
    public static final List<String> API = List.of(Routes.INFO, Routes.OPENAPI, Routes.LOGIN, Routes.JOIN,
            Routes.LOGOUT, Routes.SESSION, Routes.DEVICES, Routes.REMOVE_DEVICE, Routes.PASSWORD, Routes.LIBRARIES,
            Routes.EVENTS,
            CHANGES, MISSING, FETCH, SIGNATURES, PATCHES, UPLOAD, HISTORY, TREE, NODES,
            DELETED, FORMERLY, CONFIRMED, MOMENT, WANTED, FILES, FOLDERS);

    private ApiPaths() {
    }
}
