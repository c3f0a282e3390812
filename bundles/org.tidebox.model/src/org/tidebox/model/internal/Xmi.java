package org.tidebox.model.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.InternalEObject;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.resource.ResourceSet;
import org.eclipse.emf.ecore.resource.impl.ExtensibleURIConverterImpl;
import org.eclipse.emf.ecore.resource.impl.ResourceSetImpl;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.emf.ecore.xmi.XMLResource;
import org.eclipse.emf.ecore.xmi.impl.XMIResourceImpl;
import org.tidebox.model.Configuration;
import org.tidebox.model.ModelPackage;

/** The configuration as XMI, the XML of EMF models (OMG XML Metadata Interchange 2.0). */
public final class Xmi {
    private static final URI NAME = URI.createURI("configuration.xmi");

    private Xmi() {
    }

    /** Returns the text of a configuration. */
    public static byte[] write(Configuration configuration) throws IOException {
        Resource resource = resource();
        resource.getContents().add(EcoreUtil.copy(configuration));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        resource.save(out, Map.of(XMLResource.OPTION_ENCODING, "UTF-8"));
        return out.toByteArray();
    }

    /**
     * Returns the configuration that a text holds.
     *
     * @throws IOException if it holds none, or not a whole one
     */
    public static Configuration read(byte[] text) throws IOException {
        Resource resource = resource();
        try {
            resource.load(new ByteArrayInputStream(text), Map.of(XMLResource.OPTION_PARSER_FEATURES,
                    Map.of("http://apache.org/xml/features/disallow-doctype-decl", true)));
            resource.getAllContents().forEachRemaining(Xmi::requireHere);
        } catch (RuntimeException e) {
            throw new IOException("it is not whole, or refers to something outside of it: " + e.getMessage(), e);
        }
        if (resource.getContents().size() == 1
                && resource.getContents().getFirst() instanceof Configuration configuration) {
            resource.getContents().clear();
            return configuration;
        }
        throw new IOException("it is no configuration of Tidebox");
    }

    /**
     * Returns the version of the format that a text says it has, whether this program knows it or not.
     *
     * @throws IOException if it says none
     */
    public static int formatVersion(byte[] text) throws IOException {
        requireUtf8(text);
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(text));
            reader.nextTag();
            return Integer.parseInt(String.valueOf(reader.getAttributeValue(null, "formatVersion")));
        } catch (XMLStreamException e) {
            throw new IOException("it is not whole: " + e.getMessage().replaceAll("\\s+", " "), e);
        } catch (NumberFormatException e) {
            throw new IOException("it does not say the version of its format", e);
        } catch (RuntimeException e) {
            // The parser looks for a text of its own that is not there.
            throw new IOException("it is not whole: " + e.getMessage(), e);
        }
    }

    /** Else the parser would say so itself, on the standard error stream. */
    private static void requireUtf8(byte[] text) throws IOException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IOException("it is not text in UTF-8", e);
        }
    }

    private static void requireHere(EObject object) {
        if (object.eIsProxy()) {
            throw new IllegalArgumentException(((InternalEObject) object).eProxyURI().toString());
        }
    }

    /** Makes one that cannot open anything: schemas and objects elsewhere would be looked up, over the network as well. */
    private static Resource resource() {
        ResourceSet resources = new ResourceSetImpl();
        resources.setURIConverter(new ExtensibleURIConverterImpl(List.of(), List.of()));
        resources.getPackageRegistry().put(ModelPackage.eNS_URI, ModelPackage.eINSTANCE);
        Resource resource = new XMIResourceImpl(NAME);
        resources.getResources().add(resource);
        return resource;
    }
}
