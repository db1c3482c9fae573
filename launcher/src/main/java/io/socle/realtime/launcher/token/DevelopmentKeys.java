package io.socle.realtime.launcher.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The EC P-256 key pair of one data folder, made at its first start. It signs development tokens only, never leaves
 * the folder, and the private half is readable by its owner alone.
 */
public final class DevelopmentKeys {
    private static final String PRIVATE = "private.pem";
    private static final String PUBLIC = "public.pem";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path folder;

    private DevelopmentKeys(Path folder) {
        this.folder = folder;
    }

    /** Opens the keys in the folder, making them if there are none. */
    public static DevelopmentKeys openOrMake(Path folder) throws IOException {
        var keys = new DevelopmentKeys(folder);
        if (!keys.present()) {
            keys.make();
        }
        return keys;
    }

    /** Whether the folder has a key pair. */
    public static boolean presentIn(Path folder) {
        return new DevelopmentKeys(folder).present();
    }

    private boolean present() {
        return Files.exists(folder.resolve(PRIVATE)) && Files.exists(folder.resolve(PUBLIC));
    }

    private void make() throws IOException {
        try {
            Files.createDirectories(folder);
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            // The private key is there last: only a whole pair counts as present.
            write(PUBLIC, "PUBLIC KEY", pair.getPublic().getEncoded(), "rw-r--r--");
            write(PRIVATE, "PRIVATE KEY", pair.getPrivate().getEncoded(), "rw-------");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks EC keys", e);
        }
    }

    private void write(String name, String label, byte[] key, String permissions) throws IOException {
        String pem = "-----BEGIN " + label + "-----\n" + LINES.encodeToString(key) + "\n-----END " + label + "-----\n";
        Path part = folder.resolve(name + ".part");
        Files.deleteIfExists(part);
        try {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("another process makes keys in " + folder + " at the same time", e);
        }
        Files.writeString(part, pem, StandardCharsets.US_ASCII);
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    public Path publicKeyFile() {
        return folder.resolve(PUBLIC);
    }

    PrivateKey privateKey() throws IOException {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(read(PRIVATE)));
        } catch (GeneralSecurityException e) {
            throw new IOException(folder.resolve(PRIVATE) + " is no EC private key", e);
        }
    }

    PublicKey publicKey() throws IOException {
        try {
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(read(PUBLIC)));
        } catch (GeneralSecurityException e) {
            throw new IOException(folder.resolve(PUBLIC) + " is no EC public key", e);
        }
    }

    private byte[] read(String name) throws IOException {
        String pem = Files.readString(folder.resolve(name), StandardCharsets.US_ASCII);
        try {
            return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        } catch (IllegalArgumentException e) {
            throw new IOException(folder.resolve(name) + " is no PEM file", e);
        }
    }
}
