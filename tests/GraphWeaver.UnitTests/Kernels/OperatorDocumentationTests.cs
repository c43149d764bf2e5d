using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>The documentation's operator list is the table.</summary>
public sealed class OperatorDocumentationTests
{
    [Fact]
    public void The_operator_page_is_what_the_table_says()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "GraphWeaver.sln")))
        {
            root = root.Parent;
        }

        string page = Path.Combine(root!.FullName, "docs", "operators.md");
        string rendered = OperatorDocumentation.Render();
        if (Environment.GetEnvironmentVariable("GRAPHWEAVER_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(page)!);
            File.WriteAllText(page, rendered);
        }

        Assert.Equal(rendered, File.ReadAllText(page).Replace("\r\n", "\n"));
    }
}
