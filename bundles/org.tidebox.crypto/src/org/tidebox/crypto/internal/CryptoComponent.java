package org.tidebox.crypto.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.tidebox.crypto.NativeCrypto;

/** Chooses while the bundle runs. */
@Component(service = NativeCrypto.class, immediate = true)
public final class CryptoComponent extends NativeCrypto {
    /** Chooses as the start script asks. */
    @Activate
    public CryptoComponent() {
        super(System.getProperty(PROPERTY));
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
