using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

/// <summary>A FodyWeavers.xml is not needed, but a user may have one.</summary>
[Collection(PackageCollection.Name)]
public sealed class FodyConfigurationTests(PackageFixture package)
{
    [Fact]
    public void What_FodyWeavers_xml_says_of_us_counts_unless_MSBuild_says_otherwise()
    {
        const string xml = """<Weavers><GraphWeaver Fallback="Allow" /></Weavers>""";
        Sandbox project = BuiltConsumer.Create(package);
        project.Write("FodyWeavers.xml", xml);
        IReadOnlyList<string> before = project.SourceFiles();

        Assert.Empty(project.Build().MustSucceed().WithCode("GW1001"));
        Assert.Single(project.Rebuild("-p:GraphWeaverFallback=Warn").MustSucceed().WithCode("GW1001"));

        Assert.Equal(before, project.SourceFiles());
        Assert.Equal(xml, File.ReadAllText(project.PathOf("FodyWeavers.xml")));
    }

    [Fact]
    public void A_FodyWeavers_xml_that_does_not_name_us_is_added_to()
    {
        Sandbox project = BuiltConsumer.Create(package);
        project.Write("FodyWeavers.xml", "<Weavers />");

        Assert.Single(project.Build().MustSucceed().WithCode("GW1001"));
    }

    [Fact]
    public void A_misspelt_attribute_is_an_error_that_names_the_known_ones()
    {
        Sandbox project = BuiltConsumer.Create(package);
        project.Write("FodyWeavers.xml", """<Weavers><GraphWeaver Fallbak="Allow" /></Weavers>""");

        CommandResult build = project.Build().MustFail();

        Assert.Contains("<GraphWeaver> has no attribute 'Fallbak'. Known attributes: Enabled, Fallback", build.Output);
    }

    [Fact]
    public void A_WeaverConfiguration_of_the_user_is_added_to()
    {
        Sandbox project = BuiltConsumer.Create(package);

        CommandResult build = project.Build("-p:WeaverConfiguration=<Weavers><GraphWeaver Fallback='Allow'/></Weavers>");

        Assert.Empty(build.MustSucceed().WithCode("GW1001"));
    }

    [Fact]
    public void With_nothing_marked_a_FodyWeavers_xml_that_names_us_does_not_start_Fody()
    {
        var project = new Sandbox(package, "Unmarked");
        project.Write("Plain.cs", "public static class Plain { }");
        project.Write("FodyWeavers.xml", "<Weavers><GraphWeaver /></Weavers>");

        project.Build().MustSucceed();

        Assert.Empty(Directory.GetFiles(project.IntermediateDirectory, "*.Fody.*"));
    }
}
