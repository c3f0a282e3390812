package org.tidebox.crypto.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.tidebox.crypto.NativeCrypto;

/** Where there is no native library, or it cannot be loaded, the JDK's own serve, and nothing else is different. */
@Tag("P3")
class FallbackTest {
    private static final String NATIVE = "com.amazon.";
    private final List<Provider> before = List.of(Security.getProviders());

    @Test
    void whereTheJdkIsAskedForNothingIsLookedFor() {
        try (NativeCrypto crypto = new NativeCrypto(NativeCrypto.JDK)) {
            assertThat(crypto.isNative()).isFalse();
            assertThat(Security.getProviders()).containsExactlyElementsOf(before);
        }
        assertThat(Security.getProviders()).containsExactlyElementsOf(before);
    }

    @Test
    void aPlatformWithoutLibraryTakesTheJdk() throws Exception {
        assertThat(isNative(new Apart(false))).isFalse();
        assertThat(Security.getProviders()).containsExactlyElementsOf(before);
    }

    /** As on a file system from which nothing may be executed, or with another C library. */
    @Test
    void aLibraryThatCannotBeLoadedLeavesItToTheJdk() throws Exception {
        Apart loader = new Apart(true);
        assertThat(isNative(loader)).isFalse();
        if (Apart.bundle() != null) {
            Class<?> origin = loader.loadClass("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
            assertThat(origin.getMethod("getLoadingError").invoke(origin.getField("INSTANCE").get(null))).isNotNull();
        }
        assertThat(Security.getProviders()).containsExactlyElementsOf(before);
        assertThat(MessageDigest.getInstance("SHA-256").digest()).startsWith(0xe3, 0xb0, 0xc4, 0x42);
    }

    private static boolean isNative(ClassLoader loader) throws Exception {
        Class<?> type = loader.loadClass(NativeCrypto.class.getName());
        try (AutoCloseable crypto = (AutoCloseable) type.getConstructor(String.class).newInstance("native")) {
            return (boolean) type.getMethod("isNative").invoke(crypto);
        }
    }

    /** Loads the bundle anew, and with it the classes of the native library, but never the library itself. */
    private static final class Apart extends ClassLoader {
        private final boolean withClasses;

        Apart(boolean withClasses) {
            super(NativeCrypto.class.getClassLoader());
            this.withClasses = withClasses;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            boolean ours = name.startsWith("org.tidebox.crypto.") && !name.startsWith("org.tidebox.crypto.tests.");
            if (ours || name.startsWith(NATIVE)) {
                return define(name);
            }
            try {
                return getParent().loadClass(name);
            } catch (ClassNotFoundException e) {
                return ClassLoader.getPlatformClassLoader().loadClass(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public InputStream getResourceAsStream(String path) {
            if (!path.startsWith(NATIVE.replace('.', '/'))) {
                return NativeCrypto.class.getResourceAsStream("/" + path);
            }
            try {
                return withClasses && bundle() != null ? bundle().getResource(path).openStream() : null;
            } catch (IOException e) {
                return null;
            }
        }

        private static Bundle bundle() {
            Bundle own = FrameworkUtil.getBundle(FallbackTest.class);
            return own == null
                    ? null
                    : List.of(own.getBundleContext().getBundles()).stream()
                            .filter(one -> one.getSymbolicName().startsWith(NATIVE)).findFirst().orElse(null);
        }
    }
}
