using GraphWeaver.Kernels;
using Xunit;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>Whose chunk is whose: the order of claims on one thread, and that many threads take each chunk once.</summary>
public sealed class ChunkClaimsTests
{
    [Fact]
    public void A_thread_takes_its_share_from_the_front_and_then_anothers_from_the_end()
    {
        var claims = new ChunkClaims();
        for (int job = 0; job < 2; job++)
        {
            claims.Publish(chunks: 7, threads: 2);

            Assert.Equal([3, 4, 5, 6, 2, 1, 0], TakeAll(claims, thread: 1));
            Assert.False(claims.HasAny(0));
        }
    }

    [Fact]
    public void A_thread_that_the_job_does_not_allow_takes_nothing()
    {
        var claims = new ChunkClaims();
        claims.Publish(chunks: 5, threads: 2);

        Assert.Empty(TakeAll(claims, thread: 2));
        Assert.False(claims.HasAny(2));
        Assert.False(claims.HasShare(2));
        Assert.True(claims.HasShare(1));
        Assert.True(claims.TryClaim(0, out int chunk));
        Assert.Equal(0, chunk);
    }

    [Fact]
    public void The_rest_of_a_job_is_taken_at_once()
    {
        var claims = new ChunkClaims();
        claims.Publish(chunks: 10, threads: 3);
        Assert.True(claims.TryClaim(1, out _));
        Assert.True(claims.TryClaim(2, out _));

        Assert.Equal(8, claims.TakeTheRest());
        Assert.Equal(0, claims.TakeTheRest());
        Assert.All([0, 1, 2], thread => Assert.False(claims.TryClaim(thread, out _)));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 64)]
    [InlineData(64, 64)]
    public void Many_threads_take_each_chunk_once(int threads, int chunks)
    {
        var claims = new ChunkClaims();
        int[] taken = new int[chunks];
        for (int job = 0; job < 50; job++)
        {
            claims.Publish(chunks, threads);
            Parallel.For(0, threads, thread =>
            {
                foreach (int chunk in TakeAll(claims, thread))
                {
                    Interlocked.Increment(ref taken[chunk]);
                }
            });
        }

        Assert.All(taken, count => Assert.Equal(50, count));
    }

    private static List<int> TakeAll(ChunkClaims claims, int thread)
    {
        var chunks = new List<int>();
        while (claims.TryClaim(thread, out int chunk))
        {
            chunks.Add(chunk);
        }

        return chunks;
    }
}
