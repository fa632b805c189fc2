package io.heliosjdbc.driver.chaos;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Stands between clients and PostgreSQL, and cuts connections when it is told to. A request to cancel is never cut: pgjdbc takes the end of its
 * connection for the server's word that the cancel has been delivered, and where that is wrong, the next statement is hit, Helios or not.
 */
final class CuttingProxy implements Closeable {
    private static final int CANCEL_REQUEST = 80877102;

    private final ServerSocket listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    CuttingProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(client.getInputStream());
            int length = in.readInt();
            int code = in.readInt();
            byte[] rest = in.readNBytes(length - 8);
            start(() -> pump(server, client));
            DataOutputStream out = new DataOutputStream(server.getOutputStream());
            out.writeInt(length);
            out.writeInt(code);
            out.write(rest);
            out.flush();
            if (code != CANCEL_REQUEST) {
                clients.add(client);
            }
            copy(client, server);
        } catch (IOException cut) {
            // Both ends see it.
        } finally {
            clients.remove(client);
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            copy(from, to);
        } catch (IOException cut) {
            // Both ends see it.
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
    }

    /** Cuts one connection, if there is one; whether there was. */
    boolean cut(RandomGenerator random) throws IOException {
        List<Socket> open = new ArrayList<>(clients);
        if (open.isEmpty()) {
            return false;
        }
        Socket victim = open.get(random.nextInt(open.size()));
        try {
            // No farewell: the other side sees a reset, not an end.
            victim.setSoLinger(true, 0);
            victim.close();
            return true;
        } catch (SocketException closedMeanwhile) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
