import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a Java tool does with a cluster: lists it from sys, then reads the catalogue and the rows of a tenant. */
public final class Client {
  public static void main(String[] args) throws SQLException {
    String base = "jdbc:mariadb://127.0.0.1:" + args[0] + "/";
    try (Connection sys = DriverManager.getConnection(base + "oceanbase?user=root@sys")) {
      for (String sql : System.getenv("CLUSTER_QUERIES").split(";")) System.out.println(count(sys, sql) + " rows: " + sql);
    }
    try (Connection shop = DriverManager.getConnection(base + "d?user=root@shop")) {
      readCatalogue(shop.getMetaData());
      write(shop);
      read(shop);
    }
  }

  static int count(Connection connection, String sql) throws SQLException {
    int rows = 0;
    try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) result.getObject(i);
        rows++;
      }
    }
    return rows;
  }

  static void readCatalogue(DatabaseMetaData meta) throws SQLException {
    System.out.println("server " + meta.getDatabaseProductVersion());
    try (ResultSet tables = meta.getTables("d", null, "%", null)) {
      while (tables.next()) System.out.println("table " + tables.getString("TABLE_NAME") + " " + tables.getString("TABLE_TYPE"));
    }
    try (ResultSet columns = meta.getColumns("d", null, "t", "%")) {
      while (columns.next()) System.out.println("column " + columns.getString("COLUMN_NAME") + " " + columns.getString("TYPE_NAME"));
    }
    try (ResultSet keys = meta.getPrimaryKeys("d", null, "t")) {
      while (keys.next()) System.out.println("primary key " + keys.getString("COLUMN_NAME"));
    }
    try (ResultSet indexes = meta.getIndexInfo("d", null, "t", false, false)) {
      while (indexes.next()) System.out.println("index " + indexes.getString("INDEX_NAME") + " " + indexes.getString("COLUMN_NAME"));
    }
  }

  static void write(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t (name, amount, at) VALUES (?, ?, ?)", Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 0; i < 3; i++) {
        insert.setString(1, "java " + i);
        insert.setBigDecimal(2, new java.math.BigDecimal("1." + i));
        insert.setTimestamp(3, java.sql.Timestamp.valueOf("2026-01-02 03:04:05.00000" + i));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
  }

  static void read(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT name, amount, at FROM t WHERE name LIKE ? ORDER BY id")) {
      select.setString(1, "java%");
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) System.out.println("row " + rows.getString(1) + " " + rows.getBigDecimal(2) + " " + rows.getTimestamp(3));
      }
    }
    try (Statement statement = connection.createStatement(); ResultSet ddl = statement.executeQuery("SHOW CREATE TABLE t")) {
      ddl.next();
      System.out.println("ddl " + ddl.getString(2).replace("\n", " "));
    }
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT * FROM nothing");
    } catch (SQLException refused) {
      System.out.println("refused " + refused.getErrorCode() + " " + refused.getSQLState());
    }
  }
}
