namespace Missing;

/// <summary>Code of an assembly that is there when the library is compiled and nowhere afterwards.</summary>
public static class Absent
{
    public static int Answer(int x) => x + 42;
}
